from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "audit_entries" (
    "id" UUID NOT NULL PRIMARY KEY,
    "at" TIMESTAMPTZ NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "action" VARCHAR(32) NOT NULL,
    "subject" VARCHAR(254) NOT NULL,
    "subject_hash" VARCHAR(64),
    "detail" VARCHAR(500)
);
CREATE INDEX IF NOT EXISTS "idx_audit_entri_at_55c728" ON "audit_entries" ("at");
CREATE INDEX IF NOT EXISTS "idx_audit_entri_subject_00f295" ON "audit_entries" ("subject_hash");
COMMENT ON TABLE "audit_entries" IS 'Something that happened to an account, a tenant or a mail, and who did it. Never changed.';
        ALTER TABLE "users" ADD "language" VARCHAR(16);
        ALTER TABLE "tenants" ADD "sender_name" VARCHAR(200);
        ALTER TABLE "tenants" ADD "display_name" VARCHAR(200);
        ALTER TABLE "tenants" ADD "reply_to" VARCHAR(254);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE "users" DROP COLUMN "language";
        ALTER TABLE "tenants" DROP COLUMN "sender_name";
        ALTER TABLE "tenants" DROP COLUMN "display_name";
        ALTER TABLE "tenants" DROP COLUMN "reply_to";
        DROP TABLE IF EXISTS "audit_entries";"""


MODELS_STATE = (
    "eJztXW1z2zYS/isYfbncjOuJldjJuJ2bkR1l4mts92K5d9e6Q8MkJOFMASwAWtHk/N+7C5"
    "ISxRdFlEVHUvilsYBdAHwWBPaV/dIaSY/5er8Tetx0hVGT1jH50hJ0xOCPgt490qJBMOvD"
    "BkPvfEtOkc5hQMiZ7aF32ijqGujsU18zaPKYdhUPDJcCWa7kiJkhFwNihtSQIQzOBPOIkY"
    "QKQl1XhsLsEUoME1QYIhX8PaLchzbhkfFQEo97hJt9csEemCLukIoB8/Zxek+6MD8MXvtM"
    "oeB/hswxcgBzMAXz/f4HNHPhsc8ARfwzuHf6nPneHMbcwwFsu2MmgW27vj57995S4lPcOa"
    "70w5GYUQcTM5RiSh6G3NtHHuwbwFMpapiXAl2Evh8LKWmKVgwNRoVsulRv1uCxPg19FF3r"
    "p34oXJQYwZmO9vG/b/4Rry1F5zgXlz3nqttznFZO1LiGjEziJlcK3CZcGETqy2M07gwR29"
    "rCCU4/dD69eHX0d4uB1GagbKfFq/VoGamhEatFfQYzNXmY3wFMho9YMdQRRwZqL2bZT/5Y"
    "BfKkYQHmCVrPi2/v7Lx71euc/4LDj7T+07cwdXpd7Gnb1kmm9UUkDgnveXQKTAch/z7rfS"
    "D4k/x2edHNCm1K1/uthWuioZGOkGOHemkgk+akCUhTUnWNVHnBng6pKhFqwpCRKwC0HknO"
    "zrlnEGVrRD87PhMDM4SfR68XiPbXzif79hy9zojrIu5p267HLLy4omr4xhw7CPCr9hIAv2"
    "qXAoxd8wDr8O5/zC04msoRTrHsIMTtw2U2MVCVgmz7ClF2hlQPV4B6yrcS3vHRviGHf90n"
    "hscMqExVQJ5x1ATvN9zNhy9fLgEwUJUibPseH1F77N+nFBtsuKPu/Zgqz8n1yLYso813jd"
    "qjbAsVdGCxw4fEJ4gNgVPUka16m7MRkq6FBoIbES1pG3yQYyL7oI4TPdXdp2o7B52djEHK"
    "cvwjub1nk1vCNTTBX9CLb6xV23GVmgh5J71J3iaoZYYn2AIwdJVXJyZfzzXwdTvg2V6bg/"
    "bbJV4boCp9bWzfYoNgyI3Og30mTDHWCXkGbHiAbbxzB7iIH9oHr9+8fvvq6PVbILELnba8"
    "WSCAs4te5tRnnwMOWr1T3cia52yMrU0ztjbk4umiI+ZXpnifuzSWQe4KyhMtvIwYkjsPKf"
    "ol76VLwaxj6G+ajKUyQ7hCSKCk7O+TM6OJC1PZmwFODOJzcU+oYsSDeR7g3ugrOSJwLxDu"
    "RY4lYZ1JGszSIq9VjXPdiBtxG2qm7L2GgJO+dXp5zJWTY+sV8zzYPzrymEVXHKxmQixoEw"
    "IXnLbjaxAEUXCZAlny+0a4sP/24GaN2RnH65Dgewxj4URDWJPPiGG+H41jxpLQgCrTONW2"
    "wqkGCohTBPVClcUphHsXjNeDo2XUluwRntJajrLmlDSBs/rlmudewwW7YQbXtl+waWnjAf"
    "4EcRewN/LeZHk3avP3IGVXMcR9BSnPcz6PlJuXeUUxoyZdqAyV650plicon5vlYF5d0cyZ"
    "mvPY5oF9D2YMH4if2cTCewbroMJlBXDGBuJ1PMw2Ajprnc2v6Hhq+6Q3Ezw5PC8zkS7euT"
    "rtvOu2Hsst95QlDaZmgVfsJGZ7//Mn5tOSCF8M8mVoBhIe6Dz26m+lepFD+7FO74bdlwUO"
    "jWS/lvswUOhLei06JABaMDcxk0WxAdeGKeb9SEJhuE9uuY59Icy7tcZ4YvxzTaTwJ2QIzx"
    "K7EaSxrgL0JuRdFnVO1LgENuGk3lvgErBetSoegSnDzoUxaoll238rwJvQ715wtb1UcLW9"
    "ILjajoKraXgDqvVYwoFeNVcgx7iD/q324eFSG/pwwYY+zCKupF9pQyf0O4jv+tMxfCoGIS"
    "gdVQBO8+zeqbF+Hy0XDxyt9LtKsft5rt3DuZbLL6U6FhgpEk4GKkrgnufM4H0HrHWdHtOW"
    "51XhTi4vP865Tk7Oehmkr89PurDXrQCAiEf2Yj66D9gFSva5zwDQUWANy8roF43QSKGCFN"
    "KB6op+pgLWWv1Nm+JD/KoZk8oGQm5roFZ10s5zNk7ajXbSNr7470LMYeCtKOZ5zkbMGy3m"
    "qFKv4mU4x9SEXRaFXSKo1hB46U0H2kZQvxp6mdtSc8GXT7DHP52d9paLvuRyEVePwhTmQm"
    "6lYpcPxcyV9jCtn47WVTTK9h7nzxuvmgvxFcStsiHA8viVjCmdaeBxmUAWEidV3BoLuMHy"
    "fABKLjRTJirdsOmkigodVSRG5CN6zzThmIzqgsipKqgJWe/wmGTbQ1r22dg0W2nIPQvMMZ"
    "LBb8Vg36gkV/cWzg2DCbkY/LrFGMstGQ+ZQGK7CG3zaWmU94vDYWTsRsQZvcASMlBdbEIv"
    "rhB4NCPwEGPm+8dYziLVPebg4mpdn/JRRIepuyP5EC0eNpG0rf3QhIrt3QhcjRQsYvM4kA"
    "04EiORBQu3FbmbEA9lic+IlTRLBux+b8HtEfkDotW3/mhieN82hhftwko+4ynHDrrl11/2"
    "q5jLA86KdKsFgY800w7CXIvHGPd4HuR/Xl1elFSjxvRZy4+7hvyf+FxvY7nXAlgRiTlzL0"
    "HzxXnnP1mgTz9enmSPExzgJFtvnRzo+a3dFeEoZzTMF10nzM+3xVtAGjKv4iHd+td197r7"
    "7phE3DfiqnvROyYa3tAb8b5z9hH7+nA9Yt+77unlf4+j0pqsyrHMy7FMQWR5OeTb3GsR3b"
    "Q5ES12jsy4GsfIRjtGrGpXEpIs15fmuZoIQeZbKKDhjIJKNcNpluerG35Z12295qJhn2rj"
    "MKWqfcBnnmv34uZr+2REE/b47o59VD1WkHGKrakX22T5blEKwNbHPh4yvvMnRkDq8cdvYj"
    "CkYKdVrUep03eduPoL3NapKEC5xzodcFjGV+3LARf7BH3Ad4wqdL7Ke+vR1czvJy7hIVPA"
    "basf8EsOVx86P7QPj9DRPGSfKViNfET9Il/1uodvCiw24VzaW+CctfKtnJ4+z7VzpRbrz5"
    "xuVObvQqVqSvC/Byl/s9rs7ZHpthRnbyaidVZn16kNx4lZBcrwLGWrXBeO8p6Wrz9W0gtd"
    "+2V9qQZUcG2NBPykGWqlcgx/YiYFKK2AFtgRe2TMzXDaGdUSq4gpkD53C9M36pqmUY034S"
    "BapBo/a23spmllz1Ac63Ed+HTiVMU5y7d7Xvta4NY2N6wy2hm2BuylwFYs8CdwuFdBOs2z"
    "gzDXkY8T3ad5kMszcmYcTU7OE3JyGn/GKqLYCks3Z5stU2sw/XLQ6lnza/uc1u5nzHeY4u"
    "6wVWBnxT17C/+/ajOar5lZ5TCs2XwpTXoptF4K0l3ibbG5Dua1pLuUGytgeOrC2GK5vpFi"
    "2UWTpY6vy+BLVQHhmHwH0T1YSmk+WKA0HxTkFUlhCrPYy9W5FEujz1XU5ypc9Ou/zB7/Aj"
    "f1cKc="
)
