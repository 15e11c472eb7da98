from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "former_addresses" (
    "id" UUID NOT NULL PRIMARY KEY,
    "email" VARCHAR(254) NOT NULL,
    "user_id" UUID NOT NULL REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "uid_former_addr_user_id_a17805" UNIQUE ("user_id", "email")
);
COMMENT ON TABLE "former_addresses" IS 'An address that a user had before a change of it.';
        INSERT INTO "former_addresses" ("id", "user_id", "email")
            SELECT "id", "user_id", "new_email" FROM "email_verifications"
            WHERE "purpose" = 'EMAIL_UNDO' AND "user_id" IS NOT NULL AND "new_email" IS NOT NULL
            ON CONFLICT DO NOTHING;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "former_addresses";"""


MODELS_STATE = (
    "eJztXXtv4zYS/yqE/+oBvmA3u0mL4HCAk3hbX7NxL3baXptCoSXG5lkmXUpKYvTy3W+GlG"
    "09HcmPrOwVsNjYJIeSf0Nxnhz91ZhIh7neUStwOBM2a5yRvxqCTvBDqq9JGnQ6XfZgg08H"
    "rh5Mw1G6lQ48X1Hbh44H6noMmhzm2YpPfS4FDm8Rj6lHbjPij6i//CLHTHhkQmdkwAj3vI"
    "A55EGqI5zVkTZMy8Vw3QkCwf8MmOXLIfNHTME0v/8BzVw47BluPPw6HVsPnLlODAvu4AS6"
    "3fJnU912e9u5/KRH4s0NLFu6wUQsR09n/kiKxfAg4M4R0mDfkAmmqM+cCEQicN0QznmTuW"
    "No8FXAFrfqLBsc9kADF4Fu/OMhEDbiS/BKp0f4/7f/DO8tMs6yrrt9q9fuW1YjxRi8hwTU"
    "YZMtBTKVCx+R+uvFzLtERLc28AIXP7Ruvvlw+jeNgfT8odKdGq/GiyakPjWkGvUlzPpvCu"
    "iLEVXZQM/HJ6CGG90NyHN4dgBoY0KfLZeJoT+Cr++Pv1uB8M+tGw0yjNIoS3jYzGN4HXYd"
    "mz5Ee4mu7VI+8dL4/qvXvc7Gd0mRQNjhtk/+R1zu+esgPW9YQr3cJ94A6xXQIhY488Tz/n"
    "SjiH7zufVrEuyLq+55cpXjBOcJ4EfUs9iEcjeN/bmULqMiG/4YXYIDAyA8LOjPu92rGPTn"
    "nX4C8NvP521Y9poPMIj7urlz3U+udMUQEov6acQvocfnE5az4mOUyVUfkh7NPxwWA/qdz+"
    "1ev/X5pxgXLlv9NvYc69ZZovWb08RDsZiE/NLp/0DwK/mte91OPieLcf3fGnhPNPClJeST"
    "RZ0oJvPmedMLiuiHcUR6YMOA2uMnqhwr1SOPZd7YdNfkeJJsoYIONZMQTbzPiFbkt4WvZn"
    "k6U9j7qtbkWwwG8sKakyDsESiIfCBUEGrbMhB+k1DiM0GxXcFn3DSgTTjkaSSJTQMP9CDu"
    "H5FrIFbEHlEBPytDrdr27LXOVXWdq/we+ZZ741uqYPu+NUYlIOwhUpVRpRcE29Glv7CUi2"
    "vTpx8LKNOnH3N1aex6ScKLd1QO35DiAAH+cFwA4A/HuQBjVxxgLxj8l9kZW1M+whGSA4T4"
    "+KTIIoZRuSDrvkyULTA0RmtAvaBbC+9wa6/I5r/rHcNhfqYBmA/ykmJH8H7B1Xzy7l0BgG"
    "FULsK676Uq5sAFqslavU3ZAvOulYaAbQYVtAH6I0ZG3PcIBxWdPAFH5RNq7Fr/IvdjNrsn"
    "3IMu+ASaOT6lWlvHO/OIkAPpzNK6/9Zm3UDnh6nLPCLh8Nr9l+/+y1f8kddpsDvCz3FGhc"
    "MTYMMP2EfZOsSb+Pvx+4/ffvzuw+nH72CIvtFFy7crGJB2OLHnKQftfQ2HU5yyNqqqZlRV"
    "RMC00efyM1P8gds05EFK1KQHrRQ62rVsPUbGl5A/UyVBNoCokIJph9AR6YDssOEyWiq4XI"
    "wJVYw4MP8jRuGUnBCQB4Q7xncktLPIA7MzyxO1g2vciTtxH3hMaTmGAGNoEASaw2w5O9MO"
    "L8eB9eKZoKIRaTqYqEGaERBonp7fA+CJAvkIw+bf74QN6w2dYBzFnm7HZxbmUeFNEYd7Pv"
    "zAgHsjZmbyn2TtKNsLR9k0UECRE59si2Ci8e7AndAwXB7DPUL+duZp46b9fafXv2n1Oyau"
    "FYc71Rt/zqPdZyT67U781Or1funeXFo3bWDXGYl/vxPtz63OlQVwX3/fPiPRb4u+7nWvfd"
    "1fdJqv897b68vuvAs/34le++L2pm21Li66t0gW/34nwg/WZfuqbe442XInLju97i/QY/4m"
    "N51CdngRw+U43245fpe0DAV7yosOroh8R4kOzz7cibcDrAUra69caV9YmfvlIXiU3p8WsT"
    "GS+lbExDhNAiz9qbW+Jpym3oI2XLFVvu/acJTbqH1twO4M8prfVeZ3beN+DVwOLaDSIYEk"
    "XR0SeDUkAJcDYzDQlndpvDOJD08R3DHqU+p5T1KVUgpzJ6jRL4B+nZn3NUgR9LJl2lr5fq"
    "kIyQbOqWpJkPUdUSm3cxzbNLCfpGJ8KH5ks5QbKgFn6Cy+DafZR0CXrcvrK/q08I1GFxP8"
    "cvi9zKQKX7R6F63LduMl34sf8apT7mZEyM5Dsk8/3jCX5mT1hCB3A38o4Qd9Dj01+yUM8t"
    "B+2WWkQ6/LjODGfL3mxzOQ6YXPHyk25J7PFHPIFMikOCK3INddcs+9MCbCnPsm+uhnRAp3"
    "RkbSdbTLPlR1myQwBCNcHfrzfdZBpR1eqQ4aVGGvbq4IGpR27G7m1K1yUsNOfLpvemKsYt"
    "tzMjBRLDKxKjSRik3MzZvS5mmK8AAd6McnJ4UW9MmKBX2SRFxJt9SCno8/QHy3b326VAwD"
    "UDvKABylObxdY/tBIC4eOdrpg1KZfHGqw8N5J8Ivoj9mmCmrTpYmKN/wbOmiZW8PlwJ2Uy"
    "UfuMsA0MlUm5al0c+aoeZCCS5E09ZKepoySHfqcaqKF/FVMyZD74MhzC+JbyZxjXAiY1gn"
    "X5qjsiXxzSCt0U2sX7O9plHNr3URIdmo2MX+4LmTWhcO9xCIdSI8CdI6G6TKER7jU18nGy"
    "RO+SZcrkjMZ++YvPQ3l2VynLKO1laazXVQ/qtgczB11mRznLJmc6XZbCr1lLQpYkR1/sWq"
    "/AsDVRrc0hkY/cVE+wjqqzkYsSUVy8K4gTV+07noF0vDSB1QXD8dI/OA5F7aEOmcjOgW8C"
    "DVhCkrTB9gG6L2Sc/WMpPt7+a+GrIxbKfCsl3ORNax+DJ4/YhTXeiZDhUtWFPe5o9jz8xy"
    "SCDtMjMq/hxmpEilHtT8XKmsHaJQ8cHYCWlKMOeKjKhDBgymZNBi/JJYOIT7mQUGy82Ah7"
    "a7mNxkqjrjL9apUZpsMIMhTTwhDk1ckftlGPH+iOARci10MIUIC5nMyRSbyEfmAS22KZaX"
    "S/X7ItfSZOX8USdX1clV1dmE3iDC/MXyuKuG9QFkclcU0l3mcu9SGke1vAxZnFAC8yVxSv"
    "Eskr08Bp6hSDNkCVHqEVcOh1iSV4CEbBIvsEcEWu8/cQUy9pnApn/FRfCcma68ralRcIcK"
    "nkcYzIn1WEyxFuSgo+Wzp6uoeASWOM4mzeV0EjQlgj2Zu9EVhrHymJA+twuIa1jyrBbXVR"
    "PXhislxPWC4ADFdX20rhrSe+/cu7VKVqtktUqWqZLFTttl6GTJ03j5SpkMR1qLM4BFtDIc"
    "HDojCMwwkM/omwCsfKMx6XpvigrPFAM3ys6Ejo0rQjAb1CWqMkqzbm9q1MrQL+KzZ19XwZ"
    "N+WB7vDAdCiwJdTR9W08X07oG1PlbMQ+3tHkX7PXkaMXNBc1OgvTF8RwRob0JiETwH37xF"
    "opX3gBJ0NeqbArKu1vMYcRn12BnWmpVqrAvmwT2bVw4tp194amA1arI78RD4gWJHpGNcOi"
    "G1w5nXXNINmC2xLi1cmNAhrOWCB+Z+B+2Cmnxcc89Gjaz1xi+oN+olWEpxXFAcoOa4/WL7"
    "itl8OrdUCx88ihIdIMw78afhGk+DnJ+UOh9fv35tg5TUxYaeXtqvl+1cEL9h0U4YGjCn5C"
    "bd+Pdt+7Z9eUYMNdbLxCqZKJvvxKdW5wr7HkA0Yt9l+6L7nzNT+DapbRR5OIqUJ88vTp56"
    "M2EoaVMseiWRdEFVm6yVNlm1TpdzJDBfX4pT1SccEm8gAg1nMi1VwT9K8nZV/N/tSlpvuY"
    "S/Sz3fYkqVe21WnOrwzq1u7UUttafyq9v2UfVYg8cRsvoIUJX5u0dHcPc+6fgxkbS6oX96"
    "N4mwVcxCzlhpVXJZ95h65DYDzjUyHNaR3uYqd7VnxlljNiueQsBmmD/3NOIYwhdSv7MknI"
    "hQb4w+WO3bVQBhZqJAqQnmjmekivmdmybcjy8e6/3Q+vvxySn6s0fsmYJ1yifUrSudVWaD"
    "aq7w0r5pJa41QN7jyD6+hqJsAa4oTQ3xqxB7tpxmnZPId80uKWrn7AbO2doWXIcVe2craD"
    "9J4K3F6CRtbRVWmdP79ZqQms0l2JyyT7+UzWSOjWUaTIsTZauspeXhtSKWkiuHYJGEVOZY"
    "0YBRhRkrcszEOuZMwpTawRVqg+lNntsNDCbN2tJ6fZyq1uxf1exrBfNg5VGtYH6NnN4vBb"
    "MikYf947Jw1mLxkqx+iqvMX9stm3C6pDi8NIvtqz1VPiZUkT3xgE4JVTHyWtFDQj1gEfy8"
    "vIjrsre50odgxpWOuE4pDw+64AzeIl6qzTovL8z6ChXGVjvzPnNsR3+28PM9kWL+AilKXF"
    "hmSs/pSObVnoLK7DbNFZ6Cccm31m/zlfUH7Rug7lAq7o8mZeCNER3gwZftvxJmGgxcbuNe"
    "mcZ5RUH2GFUdZN0gyDpV/BHQyeZAnz3nJIwnyA5ira+yodq/9ldDvzChrrrX38+HJ/lRux"
    "+/QnN2qW+VZXOcsmZz5dhckahnWC04w2ZZ1hHOt1dMMd7CpspUSScACSsV/BtSwT1qqiiK"
    "aFKnMUmwKhQGI+WTCN91q8zgqQT5nVnNYNvT1ybMmzyue5sdWin9eicvanW4N3XpzCqLc5"
    "Lu8FyrO4Hb00VSSqOdIKvBLgS2YlN3Bpt7GaSjNAcI8y5qUxh5WspCX1DU1nmdAl3bDhvZ"
    "DvHo0oaV9QtGliq2yeVFlnZaVb/FFLdHjQy7KuxprrKr6HLMa2ZVPgxbNl9yC0BkWi8ZpR"
    "/CZVHdsMBWSj/kGytge86ziIvqGxGSQzRZTk4K6RsnK/SNk1TwBR6qEgiHww8Q3feFlOb3"
    "K5Tm9xk1NqTwMxNs8tW5CEmtz5XU576ok/Dl/74UvCs="
)
