from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE "email_verifications" ADD "purpose" VARCHAR(20) NOT NULL DEFAULT 'REGISTRATION';
        ALTER TABLE "email_verifications" ADD "new_email" VARCHAR(254);
        ALTER TABLE "users" ADD "disabled_at" TIMESTAMPTZ;
        ALTER TABLE "users" ADD "profile" JSONB;
        ALTER TABLE "users" ADD "password_reset_id" UUID;
        ALTER TABLE "users" ADD "deletes_at" TIMESTAMPTZ;
        ALTER TABLE "users" ADD "email_change_id" UUID;
        ALTER TABLE "sessions" ADD "last_used_at" TIMESTAMPTZ;
        ALTER TABLE "sessions" ADD "ends_at" TIMESTAMPTZ;
        ALTER TABLE "sessions" ADD "client" VARCHAR(64);
        UPDATE "sessions" SET "ends_at" = "expires_at";
        COMMENT ON COLUMN email_verifications."purpose" IS 'REGISTRATION: REGISTRATION\nPASSWORD_RESET: PASSWORD_RESET\nEMAIL_CHANGE: EMAIL_CHANGE\nEMAIL_CONSENT: EMAIL_CONSENT\nEMAIL_UNDO: EMAIL_UNDO\nSECURE_ACCOUNT: SECURE_ACCOUNT\nACCOUNT_DELETION: ACCOUNT_DELETION\nDISOWN: DISOWN';
        CREATE INDEX "idx_users_deletes_9a9cd5" ON "users" ("deletes_at");"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS "idx_users_deletes_9a9cd5";
        ALTER TABLE "email_verifications" DROP COLUMN "purpose";
        ALTER TABLE "email_verifications" DROP COLUMN "new_email";
        ALTER TABLE "users" DROP COLUMN "disabled_at";
        ALTER TABLE "users" DROP COLUMN "profile";
        ALTER TABLE "users" DROP COLUMN "password_reset_id";
        ALTER TABLE "users" DROP COLUMN "deletes_at";
        ALTER TABLE "users" DROP COLUMN "email_change_id";
        ALTER TABLE "sessions" DROP COLUMN "last_used_at";
        ALTER TABLE "sessions" DROP COLUMN "ends_at";
        ALTER TABLE "sessions" DROP COLUMN "client";"""


MODELS_STATE = (
    "eJztXf9z2jgW/1c0/NSbYTMNbdJO5uZmSEK33DawF8j2bjc7jmIL0MVIrCyHML387/ck2+"
    "CvxCaYGupfGiy9J9ufJ+t90dPrt8aUW8R2jtquRWWHSbFonKFvDYanBH6k9DZRA89mqz7V"
    "IPG9rcmxojMIEFKie/C9IwU2JXSOsO0QaLKIYwo6k5QzxdJmiDwCB+IjhBnCpsldJpsII0"
    "kYVu0Cfk8xtaGNWWg+4cjErkMsROUR6gGzQOYEszGxjtQtLW7CPSkblzK6y+hfLjEkHxM5"
    "IQLu8cef0EyZRZ7glf3L2YMxosS2IlhSSw2g2w25mOm2m5vu5SdNqZ783jC57U7Zinq2kB"
    "POluSuS60jxaP6xoQRgSWxQuAy17Z9YQRN3hNDgxQuWT6qtWqwyAi7thJR4+8jl5lKMkjd"
    "6fRI/fvhH/6zhegMo9cfGoPO0DAaCZGqZ4jJwW8yOVPTgTKpkPr27I27QkS3NtQNLj63r9"
    "+8O/2bxoA7cix0p8ar8awZscQeq0Z9BTOWSZgvASZJpyQdao8jBrXlsxwFPzaBPGhYg3mA"
    "1m7xHXavOoNh++pXNfzUcf6yNUztYUf1tHTrItb6xhMHh+/Z+9qXg6Cv3eFnpC7R7/1eJy"
    "60Jd3w94Z6JuxKbjA+N7AVBjJoDpqANCRVU3KRFOzFBIsMoQYMMbkCQNuR5Go924EoG1P8"
    "ZNiEjeUELk/frxHtb+1r/fWcvo+Jq+f3tHTXcxxe9UTF8PU5DhDgd60cAL9rZQKsuqIAO+"
    "79f4mZsjRlIxxiOUCIWyd5JjFQZYKs+1JRNibYmWwA9ZJvI7z9pb0ii3/ZK4ZFJFhNRUBe"
    "cZQE73eczSdv3+YAGKgyEdZ9z8/Kehw9hAwb1XCPzYc5FpaR6OEtnkWb7Jq2pvEWzPBYY6"
    "deUr2Bb/BfKDNZm7cJXyDoWusImB5RTh9gOCFoQqWDKJjoaA4S5XNlsWv7C909kMUdog50"
    "wS+wzNVXqq119WQOYvyeW4uk7b+1UV9h88PQRT4Rn3w7y/3L9v7OPo/j1sccnwdQZX4eum"
    "+94a9knQS7y2Q61gF5DGx4gX3UrWP1ED+1jt9/eP/x3en7j0CiH3TZ8mGNALq9YWx1J08z"
    "Cta7UdyZinLWTlXVnKqKKJiOirn8RgQdURP7MkiomiTRWqVDFLnxGKIvoH9mgoNuAFXBGd"
    "EBoSPUBd1hwm20VrApe0BYEGTB+I+gL0aCTxHoA0QtL3bEdLDIAbczLRJVwj1u2S27cx0i"
    "tB5TAKORjmdZxOSLMx3wsiyYLw6MgaWv0uDGC6RBWiBQaI4e3wHgkQD9CGTB9S0zYb6pIB"
    "hVak+3q28WxhH+QyGLOhJe0KXOhHgjyTmvA2V7ESibuQI4SLp90mHuVOPdhSfBzCQJ3EPs"
    "u3NPG9edn7uD4XV72O33knAneqPfebj7DIWvbtmv7cHga//60rjugLjOUPT6lnWu2t0vBs"
    "Dd+7lzhsJXy75+b9DpDZed3mXQe9O77Add6vctG3Qubq47Rvvion+j2KLXt8z/YVx2vnS8"
    "J4633LLL7qD/FXq8v/FFJ5cfnsdxaWX7La23cc+Qkbmhl+Iilm+E6fD8w1KiHeAtGGlr5V"
    "r/wkhdLw8honR8msfHiNtbIRfjNA4wlzNjc0s4yb0Fa7his3zfreGwtJX19Qpxp7DX8q6y"
    "vGsf90eQsu8BFd4SiPPVWwIvbgnA7cAZdLXnXRjvVObDMwRLRn2GHWfORSGjMHOAGv0c6A"
    "uisNhAiUQ5d6NEalthQy2iomypvlZ2XCrE8orgVLU0yOaBqETYOYptEthPXBA6Zr+QRSIM"
    "FYPTDxbf+MPsI6Cr1tX9BZ4vY6PhyQRvDu9LpLeqtwcX7ctO4zk7ih+KqmNqp+yQnftsn3"
    "65JjbOyOrxQe67cszhha78SM1+KYMstJ/L3OnQ8zJlcyOYr9n7GUroebNokSBj6kgiiIVm"
    "wMbZEboBvW6jO+r4eyLEumuqGP0CcWYv0ITblg7Z+6ZuE7kew0TNDv37LiWjtsw71ZsGVV"
    "irm2s2DQoHdl8X1K1yUkMpMV39twC8Af3h2eqtXClVrTUpVa23ib2JwL0p7J4mGA8wgN46"
    "Ock1oU/WTOiTOOKC24UmdEB/gPhu3/u0MRu7YHYUATjMc3irxvY3gSh7pMpPvy+UyRflOj"
    "ycS1F+IfsxxU3hsDJglgF3lDOG9z2wlrV6LFt2a8Kd9/tfIsGT8+4whvTN1XkH5roWABBR"
    "z2NM5voBdjPBR9QmAOh0pl3LwuinjVBLoYAUwmlrBSNNKaylRpyqEkV80Y1JsfuAhMiC+K"
    "Yy1wjHMoZ18qV3VLYgvimsNbqx+estr0lU/zno9zJm7YolvrlATYn+h2zq5El13x88FRaR"
    "1TgwNt5ctf8dt0MuvvTP48CrAc7j55yoo4DYZIcnxlpng1R5h8eLqW+SDRLl3ImUK7Lns3"
    "dCXsWbiwo5ylnv1lZazPWm/A8hZndmbSjmKGct5kqL2avUU9CniDDV+Rfr8i88qJLgFs7A"
    "GC4H2kdQX8zBiEypSBbGNczx6+7FMF8aRuKA4ubpGKkHJPfSh0jmZETqehDHeT1aA2+U/V"
    "3Od5u4Esn1SUlgiecCZSeycJ/SWGYg5cloUcTqsKxKHIER7vlTEy4dIqSqzua1wyDM8UoR"
    "eWdcp/iBOIhKxIgJ4sYipTDE9oZWJ3DVwV5JnqQ+g8ulfzj3TBFCiyAwY0RwlPcOVgypzu"
    "uqs7x3KsniDs0nxLuh91AOcoiqUOdwGE0dwbWIagyf+wVOl4Dt4pWvsIFSsdsEO+RMVbrg"
    "4kEf14VnNm1Mp85q+Cl/9N4B5pBmu2UjV7qCHKHuSJP53BYlTnPFd09MrqpiwI0RHsMMzJ"
    "mu80cDlIa3G+A9c+PPOoPn+2bweFOwyF7miuMAN+W3X+pLEJPOKEkzqdakPYSZDhDmUvaL"
    "1RwvEhIP6F8VD68azrsOiC8X9OTUfrlowJJ5hyUDgNQlVsFFuvGvm85N5/IMedzqtL46o6"
    "908y371O5+UX0jUI2q77Jz0f/PmVd2I25t5Pk48hRHyi6N9DHxWXiaNiGiF8LYS646HlLp"
    "eIi26TISkrLtpShXvb8aq38KFs50Vqh+WJhldzXE3palrbdcQMzGjjSIEMWK9ka5Di9rbm"
    "tlIuvdjh9u2VemxwYyDrHVCQhVlu8eJQDu/ZbHYyxk/sqNj3LC8FXcA0mZaUXPo5YZsg4i"
    "/CnR6lDwPztQHd5nyBOitvmYMuRzHSEVCr4nWKjoK38gLBoSbnqHIVVF4sHn9k+tk1MVap"
    "6QJwyOI51iOy1SXcId6kOWVVidmmtCtFq0hY+oRbkO7rhlXbujNqw2q+umnEr1XzptUtQt"
    "xlub0FWWdF3R7YeQMrM2EvGKrf6Kqyxf0y66ebriOLyQ4fbNnu9Wy2p/1sR9KWZVTUTLrG"
    "ZVZvTAz19NCR6sMluzYwdeemju0MFMcMs19X9AysUYM+rooArS2WY6C0w8Bllc4NNpp57P"
    "mV99SXjEM25TMzXDbdvD10GDKiw8zTVBg51WDqqav7qD0kEWdWY2XhhFcY7zHZ6JUgrcjk"
    "6cLYx2jK0GOxfYgszsBSzuRZAO8xwgzGXkK3r6NAnymkP8S446Z/EVOYt1pHcTUexF5CDh"
    "i+U5grWsrLr5YaKtlRs+/INEbSKoOWmk+FV+T3OdX4VXNC+5VdkwbNl9yUwKTPVeUtIB/W"
    "lR3a23raQDZjsr4HsGu/F57Y0QyyG6LGXU3lQfVQGEffIDRPc4l9F8vMZoPk7Ju+RMpgaq"
    "s825EEttzxW05woo+u0rs+f/A9iXHog="
)
