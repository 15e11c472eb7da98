from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE "email_verifications" ADD "continuation_password" VARCHAR(64);
        ALTER TABLE "email_verifications" ADD "continuation_hash" VARCHAR(64);
        ALTER TABLE "email_verifications" ADD "address_hash" VARCHAR(64);
        CREATE INDEX IF NOT EXISTS "idx_email_verif_address_fbee94" ON "email_verifications" ("address_hash");"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX IF EXISTS "idx_email_verif_address_fbee94";
        ALTER TABLE "email_verifications" DROP COLUMN "continuation_password";
        ALTER TABLE "email_verifications" DROP COLUMN "continuation_hash";
        ALTER TABLE "email_verifications" DROP COLUMN "address_hash";"""


MODELS_STATE = (
    "eJztXf9z2jgW/1c0/NSbYZmGJmknc3MzJKFTbtvkLiF7d7vZcYQtQBcjsZIcwvTyv9+TbI"
    "O/EptgFqh/aUF6TxafJ+t9lfK9MeEOcWWr4zlUdZkS88YZ+t5geELgQ0ZvEzXwdLrs0w0K"
    "D1xDjjWdRYCQEtODB1IJbCvoHGJXEmhyiLQFnSrKmWbpMESegAPxIcIMYdvmHlNNhJEiDO"
    "t2AZ8nmLrQxhw0G3NkY08SB1HVQlfALJA9xmxEnJZ+pMNteCZlo0pG9xj9wyOW4iOixkTA"
    "M377HZopc8gz/OTg6/TRGlLiOjEsqaMHMO2Wmk9N291d7/KzodQzH1g2d70JW1JP52rM2Y"
    "Lc86jT0jy6b0QYEVgRJwIu81w3EEbY5M8YGpTwyGKqzrLBIUPsuVpEjb8OPWZrySD9pNOW"
    "/vfj34K5Regs6+q6b912+5bVSIlUzyEhh6DJ5kwvB8qURur7iz/uEhHT2tAPuPjSuXn34f"
    "QvBgMu1UiYToNX48UwYoV9VoP6Emas0jBfAkyKTkg21D5HAmonYGmFH9aBPGxYgXmI1nbx"
    "7fe+dW/7nW//0MNPpPzDNTB1+l3d0zat80TrO18cHN5n/21fDIL+1et/Qfor+vX6qpsU2o"
    "Ku/2tDzwl7iluMzyzsRIEMm8MmII1I1VZcpAV7McYiR6ghQ0KuANBmJLncz7YgysYEP1su"
    "YSM1hq+nxytE+0vnxrw9p8cJcV0FPW3T9ZKEV8+oHL4BxwEC/KFdAOAP7VyAdVccYOkN/k"
    "vsjK0pH+EIywFC3D4psoiBKhdk05eJsjXGcrwG1Au+tfAOtvYd2fyr3jEcosBqKgPykqMi"
    "eP/E1Xzy/n0BgIEqF2HT9/KircfhY8Sw0Q0DbD/OsHCsVA9v8zzadNekPUm2YIZHBjv9I/"
    "UvCAz+C20mG/M25QuEXSsdAdsnKugD9McEjamSiIKJjmYgUT7TFruxv9DDI5k/ICqhCz6B"
    "Za7fUmOt65lJxPiAO/O07b+xUd9g88PQZV6RgHwz2/3r9v7WXo+j9qcCrwdQ5b4epm+14a"
    "9lnQa7x1Q21iF5Amz4AfuoW0d6Ej+1j44/Hn/6cHr8CUjMRBctH1cIoHfVT+zu5HlKwXq3"
    "yjtTcc7aqdo1p2pHFExXx1x+IYIOqY0DGaRUTZpopdIhmtx6itCX0D9TwUE3gKrgjJiAUA"
    "v1QHfY8BijFVzKHhEWBDkw/hPoi6HgEwT6AFHHjx0xEyyS4HZmRaIqeMY9u2cPniTC6DEN"
    "MBqaeJZDbD4/MwEvx4H1ImEMrAKVBg+eIwPSHIFCk2Z8CcAjAfoRyMLv98yG9aaDYFSrPd"
    "Ou31kYRwSTQg6VCn6gR+WY+COpGa8DZXsRKANjw8qCeqV5YmXCfQgO6dFpERMluV1HLJTT"
    "pIvE1dRaX5GmuTegTHfMidp3ZRqVtt683yDuDPZa3rss79pE/hGkHBhQpSOKSb46ovhqRB"
    "EeB7akZwz30nhnMh9enLFi1KdYyhkXpYzC3AFq9AugL4jGYg0lEufcjhKpbYU1tYh20jN9"
    "rXy3NsLyBt92tzTI+n5sKmoVxzYN7GcuCB2xn8ncwNuDeWBmkww4g1jTXTDMPgK6bF0+X+"
    "DZIrQSXUzwy+H3EuXv6p3bi85lt/GSHwSMBOUwdTMC7OcB2+efb4iLc4oCApCvPTXi8IO+"
    "BYnA/VIGeWi/VBkoNesyIzYartf8cKgWetEiPCTIiEpFBHHQFNg4a6E70OsueqAyCKkS56"
    "GpQ3xzxJk7R2PuOibiF5i6TeT5DGO9Osznh4yCvCqfVMccd2Gvbq6IOZoQfRnrcsFwcDnR"
    "SgpgzP8l4A3pD89WbxeqyGivqMho+xUZUXhD96a0e5piPMAAevvkpNCCPlmxoE+SiAvull"
    "rQIf0B4rt579PFbOSB2VEG4CjP4e0am08CUfZEtZ8+KFUIFOc6PJwrUX4R+zHDTeGwM2CW"
    "A3ecM4H3AFir2j0WLds14c6vr7/GgifnvX4C6btv511Y60YAQER9jzFdKgTYTQUfUpcAoJ"
    "OpcS1Lo581Qi2FElKIVr2UjDRlsFYacdqVKOKrbkyktHDhaJYN08Y56zDtTodp62j8DyFm"
    "b+qsKeY4Zy3mnRazf8K3pDKMMdWJl1WJFx+qDaRe+ouB9hHUV5MvsSUVS7/cwBq/6V30i+"
    "VfUoXN6+dhMgur99KwSydjYucBiZRvR+vWH2V/t/PtZqxiSb6MzFUyCZifweIBpbVIPRZJ"
    "ZWliXWSvM0YwwoA/N+GrJELpWx38dhiESf8Is18bP8GPRCKqECM2iBuLjANlmxtaV+7rAw"
    "GKPCtTu89VUNR/pgmhRRBYMSI8AvAAO4bSdf76DMCDzq48oNmY+A/0JyWRJPpmC8lhNF26"
    "7xDdGD0vAJweAdvFP/bmAqVmB79ckjN9Qo6LR1PmD3O2XUwncjn8hD/5vwHWkGG7Z0NPeY"
    "K0UG9oyAJuhxLZXPINCHj0wAkPRngEK7Bgnu63BigNPwzgz7nxe526+3NTd/4SLBUqXnAc"
    "YDR+81cECGLTKSVZJtWKfEeU6QBhriRQrNd4GuS/315fZYMc0icdPmor9D/kUrmPR0ZXwK"
    "qRiHl5IZrvvnX+nQT64uv1eXI70QOcJ+9mCDf09NLuMm+S8hXiFzSEzNtb4g0g9YhTcpNu"
    "/POue9e9PEM+9z277V71z4xuvmefO72vum8IqlH3XXYvrv9z5h/XS1obRV6OIoeq849Uf0"
    "q9Fr6mTYlodUxkyVXHQ3Y6HmJsupxMZL69FOeqEwOJe5PAwplMS907EGXZ3t0D76vS1hu+"
    "eMDFUllEiHKXfcW5Di9dvrHrZepsxw+37WvTYw0ZR9jqc6i7LN89yvzvfcrjKREyf2Pio5"
    "ow/C7mQDJWWtmDKFWGrMMIf0a0OhL8zw9UR/MMRULULh9RhgKuFtKh4AHBQkdf+SNh8ZBw"
    "0z8FoW8yu/3S+al9cqpDzWPyjMFxpBPsZkWqK3hCfbpiF3an5ooQrRFt6dr0ONfBnbOoD+"
    "3WhlV9wUct5V07mr0/Mt2Xs9m7iWiVh7OrtImDqqwMk3hZr5VvEftFT4UN4qngjmebP8fB"
    "xQgzKo2rgEwNhaltEE9hbQJYKsZU5TMWHCYWPvGUu9TOrNvY9PC1KbwLG88qU3irB2F3zQ"
    "rbwklYh8qpi+dWWZyTfIcXq68EbmnKwUqjnWCrwS4EtiBTdw6bexmkozwHCHMVVTi+Pk2D"
    "nF+Hs+SoK3HeUIlTxy/WEcVeeLYpX6zIwYLFRUHrl8hv7Paswy+P7xBB7XEjw68Kepor/8"
    "LikuY1tyofhg27L7mlLpneS0aRS7AsdjegvJEil3xnBXzPMMdU1N6IsByiy1LFVTL6pSqB"
    "cEB+gOgeFTKaj1YYzUcZ1UScqcza9XxzLsJS23Ml7bkSin7zyuzl/42qvAI="
)
