from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "audiences" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(128) NOT NULL UNIQUE,
    "claims" JSON NOT NULL,
    "has_email" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* A service that service tokens may be issued for. */;
        CREATE TABLE IF NOT EXISTS "signing_keys" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kid" VARCHAR(64) NOT NULL UNIQUE,
    "algorithm" VARCHAR(16) NOT NULL,
    "public_key" JSON NOT NULL,
    "private_key" TEXT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "signs_from" TIMESTAMP NOT NULL
) /* A key pair that signs service tokens. */;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "signing_keys";
        DROP TABLE IF EXISTS "audiences";"""


MODELS_STATE = (
    "eJztXXtv4zYS/yqE/+oBbrDr3aSL4HCAk3hbX7NxGzttr02h0BJt8yyTqh5xjF6++81Qsq"
    "2nI9lWInsFLDYSyaHo31DkvDj6uzGTBjOdk7ZncCZ01jgnfzcEneFFoq5JGtSy1jVY4NKh"
    "qRrToJUqpUPHtanuQsWImg6DIoM5us0tl0uBzdvEYfYj1xlxJ9Rd38gpEw6Z0QUZMsIdx2"
    "MGGUn7BHs1pA7dcjHetgNP8L88prlyzNwJs6GbP/6EYi4M9gQDD26tqTbizDQiWHADO1Dl"
    "mruwVNndXffqs2qJgxtqujS9mVi3thbuRIpVc8/jxgnSYN2YCWZTlxkhiIRnmgGcyyJ/xF"
    "Dg2h5bDdVYFxhsRD0TgW78c+QJHfEl+KSzE/z/u38FYwu107Sb3kDrdwaa1kgwBscQgzoo"
    "0qVApnLhIlJ/P/v9rhFRpQ18wOUP7dtvPpz9Q2EgHXdsq0qFV+NZEVKX+qQK9TXM6m8C6M"
    "sJtdOBXraPQQ0DLQfkJTwlANqY0SfNZGLsTuD2fevTBoR/ad8qkKGVQlnCy+a/hjdBVcuv"
    "Q7TX6Oom5TMnie+/+72bdHzXFDGEDa675H/E5I67DdLLgjXU63XiFbDeAC1igT3PHOcvM4"
    "zoN1/av8XBvrzuXcRnOXZwEQN+Qh2NzSg3k9hfSGkyKtLhj9DFODAEwuOC/qLXu45Af9Ed"
    "xAC/+3LRgWmv+ACNuKuKuzeD+Ey3GUKiUTeJ+BXUuHzGMmZ8hDI+6wPSk+XFcTFg0P3S6Q"
    "/aX36KcOGqPehgTUuVLmKl35zFXopVJ+TX7uAHgrfk995NJ/6erNoNfm/gmKjnSk3IuUaN"
    "MCbL4mXRM27Ro2lo98CCIdWnc2obWqJGtmRW22TVrDWLl1BBx4pJiCaOMyQVuR3h2ossmS"
    "mofVFqcjUGDXluyUkQ9ggURI4IFYTquvSE2ySUuExQLLfhGhcNKBMGmU8k0anngBzE3RNy"
    "A8Q20SdUwM9KEav23Xstc1Vd5iq+Rr7m2viaItihL43hHRDWEGkXEaVXBPuRpd94l4tK02"
    "cfcwjTZx8zZWmseo7DiyMqhm9AcYQAf2jlAPhDKxNgrIoC7HjD/zI9ZWnKRjhEcoQQt07z"
    "TGJolQmyqktFWQNFY7IF1Cu6rfAOlvaKLP5lrxgGc1MVwGyQ1xQlwfuGs/n03bscAEOrTI"
    "RV3XNV1IFLFJOVeJvQBZZVGxUB3W+UUwcYTBiZcNchHER0MgeOyjlK7Er+Ig9Ttngg3IEq"
    "uALJHN9SJa3jyBwi5FAai6Tsv7ded5D5oesir0jQvDb/ZZv/sgV/5HUS7K5wM4xRQfMY2P"
    "ADDnFvHeMgvm29//jdx08fzj5+giZqoKuS7zYwIGlwYk8WB+l9C4NTlLJWqqqmVFVkg+mg"
    "zeUXZvMR12nAg8RWk2y0cdNRpmXtMdS+wP5j2RL2BtgqpGDKIHRCurB36PAYtSuYXEwJtR"
    "kxoP9H9MLZckZgPyDc8G1HQhmLHFA70yxRJTzjXtyLB89httrHEGB0DcKGZjBdLs6Vwcsw"
    "YL44vlPR39KUM1GBtCCwoTmqfweAJzbsj9BseX8vdJhvaATjuO2pcnxnoR87GBQxuOPCD/"
    "S4M2F+T+5c1oaygzCUWZ4NFBn+yY7wZgrvLoyEBu7yCO4h8tdTTxu3ne+7/cFte9D1/VpR"
    "uBO10fc8XH1Ownf34qd2v/9r7/ZKu+0Au85J9P5edL60u9cawH3zfeechO9Wdb2bfudmsK"
    "r0b5e1dzdXvWUVXt+Lfufy7rajtS8ve3dIFr2/F8GFdtW57vgjjpfci6tuv/cr1Ph/44tO"
    "Lj08j+LSytZbWu/imqFg8yzv4AbPd5jo+PTDUqwdoC1oaWvlRv1CS10vj8Gi9P4sj44Rl7"
    "dCKsZZHGDpWtr2knCSeg/ScMVm+aFLw2Fuo/S1A7tTyGt+V5nftY77NXA50IAKuwTidLVL"
    "4EWXADwOlEFPad6F8U4lPj5BsGTULeo4c2kXEgozO6jRz4F+HZn3NewiaGVL1bWy7VIhkh"
    "2MU9XaQbY3RCXMzlFsk8B+ljbjY/EjWyTMUDE4A2PxXdDNIQK6Ll0/36bzlW00PJngl8Pv"
    "ZX6o8GW7f9m+6jSes634Ias65WaKh+wiIPv84y0zaUZUTwByz3PHEn7Ql8BSc1ibQRbaz2"
    "V6OtS8THFuLOdrtj8DmZ77/JHNxtxxmc0MYgGZFCfkDvZ1kzxwJ/CJMOOhiTb6BZHCXJCJ"
    "NA1lsg9E3SbxfIIJzg51/ZB2UKnEJ9VOgyqs1c0NToPCht3djLpVDmooxab7qifGKrY8xx"
    "0T+TwTm1wTCd/EUr0prJ4mCI/QgN46Pc01oU83TOjTOOK2NAtN6GX7I8R3/9qnScXYA7Gj"
    "CMBhmuNbNfbvBOLikaOePiwUyRelOj6cS9n8QvJjipqy6WRpjPIVz5auSg72cClgZ9lyxE"
    "0GgM4spVoWRj+th5oLBbgQDlsraGlKIS3V4lQVK+KLakyK3AdNmFsQ31TiGuFYxLAKvvSP"
    "yhbEN4W0Rjc2f/3lNYlqdq6LEMlOyS4OB89Scl0Y3EEgtvHwxEjraJAqe3h8m/o20SBRyl"
    "fhckV8PgfH5LW9uSiTo5S1t7bSbK6d8l8Fmz3L2JLNUcqazZVms5+pp6BOESGq4y82xV/4"
    "UCXBLRyBMVh1dIigvhiDEZlSkSiMW5jjt93LQb4wjMQBxe3DMVIPSB6kDpGMyYicdIG1QW"
    "i6yZlIO+NdBLIfsatL1dPhruub0XKY4+w+t/p+L8cEUplhPuF5lRLtE5t22UE/iameJ/hn"
    "CkhjagufzD/tSwnGD2FaC2LK8Rgz2gkyXDSJ4+kTAqUPn7nNRvKJSEGuufCeUqN99tU1Hl"
    "YOppRDGPSJx5n9s864jBonZDBhjjqE7BDYabA36T9OxRBRItjcH41K0IeJO4R0uc6yIof+"
    "WEUWwkRlZuPPOpSoUqFEPlcSSG/yXAcEdWxAHZlea0dvHJl+QEw9lNj0ikJaZnR6mSJZJF"
    "g9RSaLB7NnC2UyaKmtQujzSGXYGCUjjHyGHobyqQm3gJXrS0wqXYpNhePn0vSFnRmdgmzD"
    "XRB3dBCXqJ2S2Wx/XaNUhplpXPbkqiQy0g2yy5xjQyixQVZTsd4qF80DsNbFhDMovT3g1v"
    "5A5hPmP9AfFEhvDFMsg/QmJOaQMfDDFSScuAYoQVajrp9/zVRyHiMmow47x1Rt0p6qfDMw"
    "Zj9j/7r7mXz0fwPMRkV2L0ae69nshHRHqllAbXDmNNd0Q6ZLTOsGDyZ0DHM5Z7z5HyBdUD"
    "+cxR+zL0bWcuMbyo1qChYSHFcURyg57j9Xrc10bi011dxxu2GiI4S5lIBHnONJkLNjOpbt"
    "66+X7BDRsVrQk1P75axXK+JXzHkFTT1mFFykGz/fde46V+fEp8Z0U5hkCvfme/G53b3Guh"
    "FsjVh31bns/efczxsXlzbyvBx5sntm5/ZMfNgn2GkTLHohDmNFVauslVZZlUyXEVGfLS9F"
    "qeoAwVgCf5BwZlahBLhhktdLgvuurN16zxlwTeq4GrPtYl+diFId37GPveU5ry2VX92yj6"
    "LHFjwOkdURtFXm7wGdYDn4mJ3HWMzHjvbpcuJIqhjEkzLTqmSy7vvf/QXONVIM1qHa5iZz"
    "dfD1YG3KFvlDCNiCDBdkPuHowhdSpfxefoaYOlO0wSrbrg0QpgYKFOpgaXhGqojduem7+/"
    "G7Hf0f2t+2Ts/Qnj1hTxS0Uz6jZp0opDILVHODlbb+9HFpnn3M4lw0f0WYpob4RYgdXVqs"
    "0Kel1xS1cXYH42ytC27DioPTFZSdBD+zu02i7RhtrRVWmdOHlWW7ZnMBNif007fSmfxA9V"
    "SFaRXDvklbWofL59GUTDkGjSSgUmHLZMiojRErcsrENupMTJUq4Qm1wvQq7+0OCpNibWG5"
    "PkpVS/YvSva1gHm0+1EtYH6NnD4sAbMinofD47IwtmLxmqx+i6vMX90sGnC6pji+MIv9iz"
    "1VPiZUkTXxiE4JVdHzWtFDQn1gEfy8LI/rura50YbgtyvscbUoDw66YA/Oyl+q1Dony836"
    "AhX6VrvLOv/YjrrW8PqBSLH8/gIlJkwzW/VpSObUloLKrDbNDZaCacGPvu7zi69HbRug5l"
    "ja3J3MisAbITrCgy/7z6hueUOT67hWJnHekM80QlU7WXdwslo2fwR00jkwYE8ZAeMxsqOY"
    "65t0qM5vg83Qr1So697N98vmcX7U5sevUJ1dy1tF2RylrNlcOTZXxOsZJNtL0VnWafiy9R"
    "U/l11uVcWypeHBDitt+DemgjsqgJaozAKroE5fJcGsUOiMlHMRfCrO9htbEvbv1GwG++6+"
    "VmFe5XU92OjQSsnXpXznzOCOZdKFVhTnON3xmVZLgdtRSVIKox0jq8HOBbbNLHMBi3sRpM"
    "M0RwhzGbkp/P20kIa+oqi18zoEutYddtIdot6lHXP57u3b6G/B7dfN49tmNtcnjRS9Kqhp"
    "btKr6LrNS2pVNgx7Vl8yE0Ckai8pqR+CaVFdt8BeUj9kKyugey6jiPPKGyGSY1RZyvhQML"
    "5UBRAOmh8huu9zCc3vNwjN71NybEjhpgbYZItzIZJanisoz72pkfD5/2Un3wM="
)
