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
        COMMENT ON COLUMN email_verifications."purpose" IS 'REGISTRATION: REGISTRATION\nPASSWORD_RESET: PASSWORD_RESET\nEMAIL_CHANGE: EMAIL_CHANGE\nEMAIL_UNDO: EMAIL_UNDO\nSECURE_ACCOUNT: SECURE_ACCOUNT\nACCOUNT_DELETION: ACCOUNT_DELETION';
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
    "eJztXW1z4jgS/isqPs1VsamESTJTqaurIgmzw+0k7CVk9243W46wBehiJFaWQ6jZ/PdtyT"
    "b4ldgEM4bxlxksqWX7aVnqftTqfG1MuEVs56DtWlR2mBTzxhn62mB4QuBHSm0TNfB0uqxT"
    "BRIPbN0cq3YGgYaU6Bo8cKTApoTKIbYdAkUWcUxBp5JypkTaDJEnkEB8iDBD2DS5y2QTYS"
    "QJw6pcwO8JpjaUMQvNxhyZ2HWIhag8QNcgLJA5xmxErAN1S4ubcE/KRqX07jL6p0sMyUdE"
    "jomAe/z+BxRTZpFneGX/cvpoDCmxrQiW1FId6HJDzqe67O6ue/lJt1RPPjBMbrsTtmw9nc"
    "sxZ4vmrkutAyWj6kaEEYElsULgMte2fWUERd4TQ4EULlk8qrUssMgQu7ZSUeOfQ5eZSjNI"
    "3en0QP374V/+s4XaGcZ1r2/cdvqG0UioVD1DTA9+kcmZGg6USYXU1xev3yUiurShbnDxuX"
    "3z7v3pPzQG3JEjoSs1Xo0XLYgl9kQ16kuYsUzCfAkwSToh6VB7EjGoLV/kIPixDuRBwQrM"
    "A7S2i2+/e9W57bevflbdTxznT1vD1O53VE1Ll85jpe88dXD4nr2vfdEJ+rXb/4zUJfqtd9"
    "2JK23Rrv9bQz0TdiU3GJ8Z2AoDGRQHRdA0pFVTcpFU7MUYiwylBgIxvQJAm9Hkcj7bgiob"
    "E/xs2ISN5BguT49XqPaX9o3+ek6PY+q69mtauuolDq96omL4+hJ7CPD7Vg6A37cyAVZVUY"
    "Add/B/YqZMTdkIh0T2EOLWSZ5BDK0yQdZ1qSgbY+yM14B6IbcW3v7UXpHJv+wZwyISrKYi"
    "IC8lSoL3G47mk8PDHABDq0yEdd3Li7Ieh48hw0YVDLD5OMPCMhI1vMWz2iarJq1JvAQzPN"
    "LYqZdUb+Ab/BfKTNbmbcIXCKpWOgKm1yinD9AfEzSm0kEUTHQ0A43ymbLYtf2FHh7J/AFR"
    "B6rgF1jm6ivV1rp6MgcxPuDWPGn7b6zXN9j80HWRT8Rvvpnp/nV7f2ufx1HrY47PA1plfh"
    "66brXhr3SdBLvLZDrWQfMY2PACu7i2jtRD/NA6Ov5w/PH96fFHaKIfdFHyYYUCutf92OxO"
    "nqcUrHejuDMVlaydqqo5VRVZYDqKc/mFCDqkJvZ1kFhqko1WLjpENTeeQu0LrD9TwWFtgK"
    "WCM6IJoQPUhbXDhNvoVcGm7BFhQZAF/T/BejEUfIJgPUDU8rgjpskiB9zONCaqhHvcs3v2"
    "4DpE6HVMAYyGms+yiMnnZ5rwsiwYLw70gaW/pMGN50iDNEewoDm6fweARwLWR2gWXN8zE8"
    "abIsGoWvZ0ufpmoR/hPxSyqCPhBV3qjInXk5zxmijbCaJs6gqQIOn2SYe5E413F54EM5Mk"
    "cA+Jb889bdx0fuze9m/a/W7vOgl3ojb6nYerz1D46p793L69/bV3c2ncdEBdZyh6fc86V+"
    "3uFwPgvv6xc4bCV0Hd3fVlL6hRv+/Zbefi7qZjtC8uenfX0Gf0+p75P4zLzpeO90zxkvg0"
    "ksuzzuOKtLI9kdZh3NdjZGboybWILRsR2j+PrxT+Aux/I232W+kxGKkz4D5wREenebyGuA"
    "UVchpO4wBzOTXWt22T0huwbys2ynfdvg1rW9lTb1B3init7yrru/Zavwct+z5NYZI/LleT"
    "/K+S/HA7cO9c7UsXxjtVeP8MwZJRn2LHmXFRyCjM7KBGPwf6gigs1lhEopLbWURqW2HNVU"
    "TxZqm+VjbTFBJ5A91UrRVkfWopQSRHsU0C+4kLQkfsJzJPEEsxOH36987vZhcBXZYu7y/w"
    "bMF2hgcTvDm8L5HerN6+vWhfdhov2bx8iCfH1E7Z8zr3xT79dENsnBGn44Pcc+WIwwtd+U"
    "zNbi0GWWi/lLl3ocdlynZFMF6zdyiU0vPGxSJBRtSRRBALTUGMswN0B+u6jR6o4+9yEOuh"
    "qVj3OeLMnqMxty1NwvumbhO5nsBYjQ79+yElRrbMO9XbAFWYq5srtgEKE7tvI3WrHKZQCq"
    "er/y8Ab9B+/2z1Vq4gqdaKIKnWYWJvInBvCrunCcE9JNBbJye5BvTJigF9EkdccLvQgA7a"
    "7yG+m/c+bcxGLpgdRQAOy+zfrLH5TSDKnqjy0weFYvOiUvuHcymLX8h+THFTOMwMmGXAHZ"
    "WM4T0A0bJmj0XJdk24817vS4Q8Oe/2Y0jfXZ13YKxrBUAj6nmMyeg9wG4q+JDaBACdTLVr"
    "WRj9tB5qLRTQQjgQrSDTlCJaKuNUFRbxVTcmxe6DJkQWxDdVuEY4FgOswym9w68F8U0Rrd"
    "GNjV9vek2i+u/b3nXGqF2KxDcXqCnRX8imTp7g9d3BU2ERmY0DY+PdVfu/cTvk4kvvPA68"
    "6uA8fnKJOgqIdXZ4YqJ1NEiVd3g8Tn2daJCo5Fa0XJE9n51T8pJvLqrkqGS9W1tpNdeb8t"
    "+Fmt2ptaaao5K1miutZi/3TkGfIiJUx1+sir/woEqCWzgCo7/oaBdBfTUGIzKkIlEYNzDG"
    "b7oX/XxhGIkjh+uHY6QeedxJHyIZkxHJ1EEc5+1o3Xq97O50vt3AlUisT0oASzwWKDuQhf"
    "stjUUEUp6IFtVYHX9VgSPQw4A/N+HSIUKqfGteOXTCHC+5kHdqdYIfiYOoRIyYoG4sUlI9"
    "bK5rdaZWHdWV5FnqU7Vc+sdtz1RDKBEERowIDuc+wIwh1QlcdTr3QQVZPKDZmHg39B7KQQ"
    "5ROeccDr2pQ7UWUYXhk7wg6RKwXbyEFDa0VOI2wQ45U7kruHjUB3DhmU0b04mz7H7Cn7x3"
    "gDGkxe7Z0JWuIAeoO9TNfGmLEqe5lBsQk6s8F3BjhEcwAnOG6/zegEXD2w3wnrnxRx3B82"
    "0jeLwhWGQvcymxh5vym0/eJYhJp5SkmVQrwh7CQnsIcyn7xWqMF6HEg/Zv4sOrhvO2CfHF"
    "hJ4c2q+nAVgIbzEJADR1iVVwkm78565z17k8Q560Op2vzuSrtfmefWp3v6i6ISyNqu6yc9"
    "H735mXSCNubeT5OPKkO8pOdvQx8Vl4K21CRa/Q2Aupmg+pNB+ibbqMgKRseykqVe+vxjKa"
    "goUzmRbKCBYW2V5WsMOyVusNpwSzsSMNIkSxNLxRqf2LmttY4sd6t+O7m/aV6bGGjkNidQ"
    "BClfW7QwGAO7/l8RSjzN+48VEODV/FPZCUkVb0PGqZlHXA8Kew1SHyP5uoDu8z5KGobT6i"
    "DPlSB0hRwQOChWJf+SNhUUq46R2GVDmGbz+3f2idnCqqeUyeMTiOdILtNKa6hDvUhyyrMD"
    "s1V1C0WrWFj6hFpfbuuGWdu6M2rNbL66acSvVHmtZJ6haTrU3oKmu6zuj2XWiZWWupeClW"
    "f8VV1q9pF908XUrsH2W4ebPnm+Wy2p05cVeSWVUT0TKzWZXJHvjxqynkwTKyNZs78MJDc1"
    "MHU8Et19R/UpSLEWbU0aQK0tFmOgpMPAVRXODTaaeez5iffUl4jafcpmZqhNumu69JgypM"
    "PM0VpMFWMwdVzV/dQuogizpTG8+NojjH5fbPRCkFbkcHzhZGOyZWg50LbEGm9hwm9yJIh2"
    "X2EOYy4hW99TQJ8opD/AuJOmbxDTGLNdO7jip2gjlI+GJ5jmAtMquuf5hoY+mG9/8gUZsI"
    "ao4bKX6VX9Nc5VfhZZvX3KpsGDbsvmQGBaZ6LynhgP6wqO7W20bCAbOdFfA9g934vPZGSG"
    "QfXZYycm+qj6oAwn7zPUT3KJfRfLTCaD5KibvkTKYS1dnmXEiktucK2nMFFvrNL2YvfwN+"
    "AxDW"
)
