from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE "counters" (
    "key" VARCHAR(128) NOT NULL PRIMARY KEY,
    "hits" INT NOT NULL,
    "expires_at" TIMESTAMP NOT NULL
) /* How often something happened in a window; `key` is a keyed hash and names nobody. */;
CREATE INDEX "idx_counters_expires_be2577" ON "counters" ("expires_at");
CREATE TABLE "tenants" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "policy" JSON NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* A product or organisation of its own on this server, with its own registration policy. */;
CREATE TABLE "users" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "email" VARCHAR(254) NOT NULL UNIQUE,
    "name" VARCHAR(200),
    "password_hash" VARCHAR(255) NOT NULL,
    "role" VARCHAR(64) NOT NULL,
    "invited_by" VARCHAR(254),
    "is_verified" INT NOT NULL,
    "is_profile_complete" INT NOT NULL,
    "verification_id" CHAR(36),
    "held_until" TIMESTAMP NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "updated_at" TIMESTAMP NOT NULL,
    "tenant_id" CHAR(36) REFERENCES "tenants" ("id") ON DELETE RESTRICT
) /* A person who registered. Without `is_verified` the address is only held, until `held_until`. */;
CREATE INDEX "idx_users_tenant__0d055f" ON "users" ("tenant_id");
CREATE TABLE "email_verifications" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "key_id" VARCHAR(16) NOT NULL,
    "otp_expires_at" TIMESTAMP,
    "link_expires_at" TIMESTAMP,
    "expires_at" TIMESTAMP NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "user_id" CHAR(36) REFERENCES "users" ("id") ON DELETE CASCADE
) /* One mail's worth of proof. Its code and its link are derived from the id, and never stored. */;
CREATE INDEX "idx_email_verif_expires_37425a" ON "email_verifications" ("expires_at");
CREATE INDEX "idx_email_verif_user_id_35a881" ON "email_verifications" ("user_id");
CREATE TABLE "outgoing_mails" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "letter" VARCHAR(32) NOT NULL,
    "recipient" VARCHAR(254) NOT NULL,
    "data" JSON NOT NULL,
    "state" VARCHAR(8) NOT NULL /* QUEUED: queued\nSENT: sent\nFAILED: failed\nDECOY: decoy */,
    "due_at" TIMESTAMP NOT NULL,
    "claimed_by" CHAR(36),
    "attempts" INT NOT NULL,
    "last_error" VARCHAR(500),
    "created_at" TIMESTAMP NOT NULL,
    "sent_at" TIMESTAMP,
    "verification_id" CHAR(36) REFERENCES "email_verifications" ("id") ON DELETE CASCADE
) /* A mail that has to leave, inserted in the transaction that makes it necessary. */;
CREATE INDEX "idx_outgoing_ma_verific_e67eea" ON "outgoing_mails" ("verification_id");
CREATE INDEX "idx_outgoing_ma_state_3427f7" ON "outgoing_mails" ("state", "due_at");
CREATE TABLE "sessions" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "token_hash" VARCHAR(64) NOT NULL UNIQUE,
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP NOT NULL,
    "user_id" CHAR(36) NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE
) /* A login. The bearer token itself is not here, only its SHA-256 in hexadecimal. */;
CREATE INDEX "idx_sessions_expires_6bcc94" ON "sessions" ("expires_at");
CREATE INDEX "idx_sessions_user_id_80072d" ON "sessions" ("user_id");
CREATE TABLE "aerich" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSON NOT NULL
);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        """


MODELS_STATE = (
    "eJztXP9vIrcS/1csfulVSqOEu+ROeU9PIgmno70kbULa99pUi7NrwMpiU9sbgtr872/Gy5"
    "f9SlgCHJCVTjmwZ2zvZ2Y945kxf1d60mO+3j+TgTBMVU7I3xVBeww+JLv2SIX2+9MObDD0"
    "3re0bkhkG+m9Noq6Btrb1NcMmjymXcX7hkuB1F/kgMi2YYJo2WOmy0WHdGFwJphHuCCUDL"
    "jw5OBfpPXAhi3CNTTBJ+jtUt0lVHgEV6mJkPfSG+7jtJ50YV4YamUzBIL/FTDHyA6MaMH6"
    "409ohoHYE9Pjr/0Hp82Z78WwhKFxBNvhmGHfNp51qfpsSXH5944r/aAnIuT9oelKMaGHx8"
    "PWDjyEooZ5EYBF4PsjWYybwtVCg1EBmyzTmzZ4rE0DH8WE3OESpm0Vx7m8ajo39abjVFIi"
    "HHNEMB81uVKg+Lkw2iLQo0+Oz0THdOHrYfXTczjRFImQDGf8tXZ99qV2/Q6ovscpJWhRqF"
    "6Xo65q2PdsB6GGhsNY6KdYd7nRabAbwmRjPSZPgA0PsAjY44Yp2tN3YB1wd3ARP1QPP3z8"
    "8On98YdPQGIXOmn5OEMAjcumxXaKJXvqc8W0Q00a0XOAxfAey4Y1zpkA1xux7o8/LAfqdS"
    "r2DBibjYv6TbN28TMO39P6L9/CVWvWsadqW4eJ1nfHCZWfDEJ+azS/EPxKfr+6rFs0pTYd"
    "ZWec0jV/r+CaaGCkI+TAoV4UyHHzuOkZt6r2Q+QFwoZ76j4MqPKcVI+syjzadFev2ku2UE"
    "E7VkaIJq5zZF3qPcr9X5nibe7SkQxSJihNNNMYMSR3HiP0c9qlK8EI8n6nyUAq0wUTQvpK"
    "yvY+aRhNXJjKWgbYMYjPxQOhihEP5nkEu9FWskfALhDu7YX2g8ESiDZSMS9toVY41524E6"
    "1AM2XtGgJO2lKBgfOYK4cnwEBAOUB/NIxBzcjEwWqGxII2JGDgtB1fgyCIAmMKZOPvd8IF"
    "/dsDyzpiZxzNIcH3GMbCibqwJp8Rw3w/HMcMJKF9qsxrDSn30hvR7W3jPHsTCqkTm08QcG"
    "8feVZjTCv/bgfCRZUiONPxPv79+J/K+vcha0zfhxtLdMuwzz7bhoID4mRBPdNlcTLhXtBr"
    "+daGNO63HM/jtiS38IjXcvx9wrBK03cWN65p7iUY2JEmb4oEtt3ARqWNG/grxJ3BXsp7k+"
    "Vdus1vQcquYoj7AlKOc65HyuXLvKCY0ZPOdIby/c4Iyyucz5c36A15c19wNFNHzTi2aWA/"
    "wzGGd8RPbGjhbcA6qHBZBpyjA+LtaJhtBHTaOp1f0cHk7BNVJnhyeF5mQl+8dnNWO69Xnv"
    "NP7pGTNBw1M6JipyO2zz9dM39ytM4G+SowHQkPdAFDba17kUL7eZXRDauXGQGNsb7mxzBQ"
    "6HNGLWqkD7Rw3Bx0JVGsw7VhGAYgv8G5XAaGtLgeRUOY17LH8fHxn2sihT8kXXiaPRIIw3"
    "3Swi+O/dxKhy1WPVkZGtiEHXtvRmjARteKRAYmDDuXzqgefZgjLgBUuYEB2xePDNj/C8A7"
    "pl8I3Q3bpBPwHhzMA+/BQT682BeHt0+1HkjY2DHPVwTnFOMOxrmqR0dzKfTRDIU+SiKupF"
    "9Iocf0O4jv8Tz7xXH+dnGc2i24eOR4krwvlF+Oc+3gzrGKjTni2GQ40hK0loocuOOcCbzv"
    "gXVVmj1pWa97cXp19TV2vD9tNBNI316c1q/fHVoBABEPzzTpDDRg11eyzX0GgPb69vBTGP"
    "2sEUopFJBCNJlaMBaSwbrSmMimxLledLEjFSuTQ1DRQGKcswwkbnQgsYwXvwkxB31vQTHH"
    "OUsxb7SYDRNUmILGMMZUpgZmpQZCqJaQHGhOBtpGUF9MD8RUKpYguAYdv26cNefLEKTq5R"
    "bPFGTW622lY5dOF0S3AM20fj1aN+Eo27udrzenEktDZeRWkmmq/ByLHFE6k+TYPMkWJA4L"
    "H7tUEyMJnDwfgZILzZQJrxfYkkdFhaZhtN+S9+gD04RjwaQLIqcq497CcofHQtAm0rInY0"
    "tBpSEPrG9OkAy+KwZ6o8b1pC3YNwwWjWJBaQvj/y0y6DKBxHYR2tZ80rA2FYfDotM7Mao6"
    "BZaAgetii05xhcCjGYGHGDDfP8ErF1I9YJ0ortb1Ke+FdFhe2pOP4eJBiaRtbQcmUGzvTu"
    "BqpGAhm8eBrMORGIksWKhW5H5IPJQlPiPe9pgzmfRHBaxHGA8IV1/5s8wvfdv8UqiFRaKZ"
    "U44dDBm/r84RyXxfzQ1kYlciHs9c3ucsy7eaEZSPMu0gzCuJGKOOp0H+8ebqMhvkMX3y5M"
    "ddQ/4hPtfbeCVpBqyIROy4N0bz3UXtv0mgz75enSa3ExzgNAH6ZENPq3ZdBL3UoSEmgQnz"
    "+lS8AqQB8wpu0pVfbuu39fMTEnLfiZv6ZfOEaHhD78TnWuMr9rXBPGLfef3s6n8n4fWPpM"
    "sxz8sxz6W9/Ct7n1KvRWhpUyKaHRyZcpWBkY0OjFjXLiclme8vxbnKDEH8laHg4fT6he61"
    "RlnWd7f1YFXWeskXW32qjcOUksU8zRjX7uXNj+aquDmaUXFzlK64KdMeb2LbR9djARlH2M"
    "o7TZss3y0qAdj63MdjInb+ygzIauLxm5gMydC0oncmVhm7Hof6M8LWkSxAfsQ6mnCYJ1bt"
    "yw4X+wRjwPeMKgy+ygcb0dXMb49Dwl2mgNvW5uOvDdx8qf1QPTrGQHOXPVE4NfIe9bNi1c"
    "seviz+34R9aW9GcNbKt3DpdJxr564BLL+qt3SZ34RLVV4TfwtS/mb3h7dHpttygXgzEV3l"
    "DeJVesOjwqwMZ3haspXvC4d1T/PfkVXSC1xDpIJ/HSq4tocE/Nkt9ErlAD5iJQU4rYAWnC"
    "P2yICb7qQzvOuqQqa+9LmbWb6xqmlK13gTNqJZrvFa721umle2joub9mVII5yfTp9ylAn1"
    "VyTUy8PIzrqpKcdqnkLhyU9TLF7yurTfa9n9ctcaU9ztZjlJo56ZThKd0rzkI+XDsGTfIz"
    "djnel6ZOSqR2qxudGhpeSq8z0N8Bp1ZmIg39mIsOyiv7GKny3Al6oAwiPyHUT3cC5v7nCG"
    "N3eYURQghcksQc135yIspT9X0J8rYOiXb8ye/w9mqMPx"
)
