from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "known_clients" (
    "id" UUID NOT NULL PRIMARY KEY,
    "label" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_known_clien_user_id_72fdd5" UNIQUE ("user_id", "label")
);
COMMENT ON TABLE "known_clients" IS 'A kind of client that a user has logged in by, such as `Firefox on Linux`.';
        ALTER TABLE "email_verifications" ADD "purpose" VARCHAR(20) NOT NULL DEFAULT 'REGISTRATION';
        ALTER TABLE "email_verifications" ADD "new_email" VARCHAR(254);
        ALTER TABLE "users" ADD "deletes_at" TIMESTAMPTZ;
        ALTER TABLE "users" ADD "disabled_at" TIMESTAMPTZ;
        ALTER TABLE "users" ADD "email_change_id" UUID;
        ALTER TABLE "users" ADD "password_reset_id" UUID;
        ALTER TABLE "users" ADD "profile" JSONB;
        ALTER TABLE "sessions" ADD "client" VARCHAR(64);
        ALTER TABLE "sessions" ADD "last_used_at" TIMESTAMPTZ;
        ALTER TABLE "sessions" ADD "ends_at" TIMESTAMPTZ;
        UPDATE "sessions" SET "ends_at" = "expires_at";
        COMMENT ON COLUMN email_verifications."purpose" IS 'REGISTRATION: REGISTRATION\nPASSWORD_RESET: PASSWORD_RESET\nEMAIL_CHANGE: EMAIL_CHANGE\nEMAIL_CONSENT: EMAIL_CONSENT\nEMAIL_UNDO: EMAIL_UNDO\nSECURE_ACCOUNT: SECURE_ACCOUNT\nACCOUNT_DELETION: ACCOUNT_DELETION\nDISOWN: DISOWN';
        CREATE INDEX "idx_users_deletes_9a9cd5" ON "users" ("deletes_at");"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS "idx_users_deletes_9a9cd5";
        ALTER TABLE "email_verifications" DROP COLUMN "purpose";
        ALTER TABLE "email_verifications" DROP COLUMN "new_email";
        ALTER TABLE "users" DROP COLUMN "deletes_at";
        ALTER TABLE "users" DROP COLUMN "disabled_at";
        ALTER TABLE "users" DROP COLUMN "email_change_id";
        ALTER TABLE "users" DROP COLUMN "password_reset_id";
        ALTER TABLE "users" DROP COLUMN "profile";
        ALTER TABLE "sessions" DROP COLUMN "client";
        ALTER TABLE "sessions" DROP COLUMN "last_used_at";
        ALTER TABLE "sessions" DROP COLUMN "ends_at";
        DROP TABLE IF EXISTS "known_clients";"""


MODELS_STATE = (
    "eJztXf9z2jgW/1c0/NSbYTMNbdJO5uZmSEK3XBPYC2R7t82OI2wBuhiJleUQppf//Z5kA/"
    "5KbIKpoZ7pNFjSk83nydJ7Tx89vtcm3CK2c9R0LSpbTIp57Qx9rzE8IfAhobaOang6XdWp"
    "AokHtm6OVTuDQENKdA0eOFJgU0LlENsOgSKLOKagU0k5UyJNhsgjSCA+RJghbJrcZbKOMJ"
    "KEYVUu4PMEUxvKmIVmY45M7DrEQlQeoQ4IC2SOMRsR60jd0uIm3JOyUSG9u4z+5RJD8hGR"
    "YyLgHt/+hGLKLPIEX9m/nD4YQ0psK4QltVQHutyQ86kuu71tX37SLdWTDwyT2+6ErVpP53"
    "LM2bK561LrSMmouhFhRGBJrAC4zLVtXxmLIu+JoUAKlywf1VoVWGSIXVupqPb3octMpRmk"
    "7nR6pP7/8A//2QLtDKPT7Ru9Vt8wajGVqmeI6MEvMjlTw4EyqZD6/uz1u0JEl9bUDS4+N2"
    "/evDv9m8aAO3IkdKXGq/asBbHEnqhGfQUzlnGYLwEmSSckGWpPIgK15YscLT5sAvmiYA3m"
    "C7R2i2+/fd3q9ZvXv6nuJ47zl61havZbqqahS+eR0jeeOji8z97bvuwEfW33PyN1if7odl"
    "pRpS3b9f+oqWfCruQG4zMDW0EgF8WLImga0KopuYgr9mKMRYpSFwIRvQJA29Hkaj7bgSpr"
    "E/xk2ISN5BguT9+vUe3vzRv99py+j6ir49c0dNVzFF71RPnw9SUOEOB3jQwAv2ukAqyqwg"
    "A77uC/xEyYmtIRDogcIMSNkyyDGFqlgqzrElE2xtgZbwD1Um4jvP2pvSSTf9EzhkUkWE15"
    "QF5JFATvDxzNJ2/fZgAYWqUirOuen5X1OHwIGDaqYIDNhxkWlhGr4Q2e1jZeNWlMoiWY4Z"
    "HGTn1J9Q18g/9CmcnavI35AouqtY6A6TXK6AP0xwSNqXQQBRMdzUCjfKYsdm1/ofsHMr9H"
    "1IEq+ASWuXpLtbWunsxBjA+4NY/b/lvr9RU2P3Sd5xXxm29nun/Z3t/Z63Hc+Jjh9YBWqa"
    "+Hrltv+Ctdx8FuM5mM9aJ5BGz4Avu4to7UQ/zSOH7/4f3Hd6fvP0IT/aDLkg9rFNDu9COz"
    "O3maUrDejfzOVFiycqrK5lSVZIFpqZjL70TQITWxr4PYUhNvtHbRIaq58Rhon2P9mQoOaw"
    "MsFZwRHRA6Qm1YO0y4jV4VbMoeEBYEWdD/I6wXQ8EnCNYDRC0vdsR0sMgBtzMpElXAPe7Y"
    "Hbt3HSL0OqYARkMdz7KIyednOuBlWTBeHOgDS39JgxvPkQZpjmBBc3T/DgCPBKyP0Gxxfc"
    "dMGG8qCEbVsqfL1TsL/Qj/oZBFHQlf0KXOmHg9yRmvAmV7ESibugIkSLJ90mLuROPdhifB"
    "zCQx3APiu3NPazetX9u9/k2z3+524nDHasPvebD6DAWv7thvzV7va/fm0rhpgbrOUPj6jr"
    "Wum+0rA+Du/No6Q8GrZV2302t1+stK73JRe9u57C6q1Oc71mtd3N60jObFRfdWiYWv75j/"
    "wbhsXbW8J46W3LHLdq/7FWq8v9FJJ5MfnsVxaaT7LY23Uc+QkZmhp+I8lm9I6PD8w0KiHe"
    "AtGElz5Vr/wkicLw8honR8msXHiNpbARfjNAowl1Njc0s4Lr0Fa7hko3zfreGgtpX19Qp1"
    "J4hX+i6zvisf92fQsu8B5d4SiMpVWwIvbgnA7cAZdLXnnRvvROHDMwQLRn2KHWfGRS6jML"
    "WDCv0M6AuisNhgEQlL7mYRqWyFDVcRFWVL9LXS41IBkVcEp8q1gmweiIqFncPYxoH9xAWh"
    "I/aFzGNhqAicfrD41u9mHwFdla7uL/BsGRsNDib45vB9ifRm9WbvonnZqj2nR/EDUXVM7Y"
    "QdsnNf7NOXG2LjFFaPD3LXlSMOX+jaj9Ts12KQhvZzkTsdelwmbG4sxmv6foZSelYWLRJk"
    "RB1JBLHQFMQ4O0K3sK7b6J46/p4Ise7rKkY/R5zZczTmtqVD9r6pW0euJzBWo0N/vk9g1B"
    "Z5p2rToAxzdX3NpkHuwO7rgrplJjUUEtPVf3PAu2h/eLZ6IxOlqrGGUtV4G9ubWLg3ud3T"
    "mOABBtAbJyeZBvTJmgF9EkVccDvXgF60P0B8t+992piNXDA78gAclDm8WWP7m0CUPVLlpw"
    "9yMfnCUoeHcyGLX8B+THBTOMwMmKXAHZaM4D0A0aJmj2XJbk248273KhQ8OW/3I0jfXp+3"
    "YKxrBUAj6nmMca4fYDcVfEhtAoBOptq1zI1+Ug+VFnJoIUhbyxlpShAtNOJUlijii25Mgt"
    "0HTYjMiW+icIVwhDGsyZfeUdmc+CaIVuhGxq83vcZR/Wev20kZtSuR6OYCNSX6H7Kpk4Xq"
    "vj94KixCs/HC2Hhz3fx31A65uOqeR4FXHZxHzzlRRwGxyQ5PRLRig5R5h8eLqW/CBglL7k"
    "TLJdnz2Tslr+LNeZUclqx2a0ut5mpT/qdQszu1NlRzWLJSc6nV7GXqyelThIQq/sU6/oUH"
    "VRzc3AyM/rKjfQT1RQ5GaEiFWBg3MMZv2hf9bDSM2AHFzekYiQck99KHiHMyQiddYG5ghm"
    "lTwpLOeOeB7Ivq6kL3tL/z+nq0HOI4rx9bPa+XQwKpSJpPcFwlsH0iwy6d9BMb6lnIPw+A"
    "tEpt4Yl5p30xUvwhldYC2Xw0UhntGBrM68hxzTGC0vtPVJAhf0KcoSvK3KdEts+2ulaHlf"
    "0h5SACfarjzN5ZZzWNWkeoPyaOPoTsIFhpVG/cu53mEGHEyCz6NDpVn0rhwbikJknjEH1b"
    "cgxhyBK79mdFKioVqcjTSgzpdXvYvkDFEqg46pWf9IM56nuk1H1hqZcU0iJ56kUaZyHaeo"
    "J1FqW1p5tn3G9pLMn0Wewz1VjZSIoDDT0M+FMdLgEr6dlOOnGKwMzxsmp6Zs8EP4BtQyUY"
    "PiYYTlgk5DjbXtfKPlM5aiR5kjqdDJd+npkz1RBKBFhtmvWts9Lcg2qlSj2j7Lh7tbTfo9"
    "mYeDf0HgrsOKKSLYMdx7jKJmMRVRhMYQOSYKth6WVis7XFR5BNsEPOVNI2Lh505hl4ZtPG"
    "dOKsup/wR+87wGjUYnds6EpXkCPUHupmvrRFiVNfyQ2IyVWCN7gxwiMYyxmZ59/AusAesc"
    "V7Zs+MrOzGH2g36iGYy3BcShyg5bj9rLWCmHS68FkzM3iDQgcIcyHURzXG4yCnszsW7V9F"
    "7Sgbzrvmdiwn9PjQfjn/1VJ4h9mvoKlLrJyTdO1ft63b1uUZ8qRV4imVbkqtzXfsU7N9pe"
    "qGsDSqusvWRfc/Z14Guai1keXlyJLnMz3L58fYa+GttDEVvcDIWEpVLmupXVZt06Vw69Pt"
    "pbBURRWMpPIHC2cyzZUKNyiyu3S4b4tarbecC9fGjjSIEPl+fyIsdXgHQLaW8byKVP5007"
    "4yPTbQcUCs4tKWWb97dJZl79k7jxH2xyvj08UwSspI50kYaWUKWS/oFwnR6gAzIz1QHSSB"
    "ZAlR23xEGfKl9GY8GhAsVPSVPxAWDgnXvT159eMavc/NXxonpyrUPCZPGBxHOsF2UqS6gD"
    "tU+ULKMDvV14RotWpzZ1sISx1c5pBqi78yrDZLUaycSvXrpJvkJ47IViZ0mTVdJSf+KbTM"
    "rI1UvBKr3uIy69e0826eriQOL2S4fbOnzJS3ksyJB8R4K2MUoaSEN/8oVkLwYHVIKz124J"
    "10yhw6mApuuaZEXMC/EWbU0UEVpNlmmgUmHhcsLnVmQDn1fMb8RKLCazzlNjUTGW7b7r4K"
    "GpRh4qmvCRrsNAlm2fzVHWTBtKgztfHcyItzVO7wTJRC4HY0cTY32hGxCuxMYAsytecwue"
    "dBOihzgDAXwVf01tM4yGvyUS0lKs7iKziLVaR3E1XsReQg5otlySaw/JGA8FDIc9J7a7+c"
    "UYojSYWe8m4SQc1xLcGv8mvq6/wqvGrzkluVDsOW3ZdUUmCi95JAB/SHRXm33rZCB0x3Vs"
    "D3XOzGZ7U3AiKH6LIUkUZevVQ5EPabHyC6x5mM5uM1RvNxAu+SM5kYqE435wIilT2X057L"
    "sdBvfzF7/j/ePKJz"
)
