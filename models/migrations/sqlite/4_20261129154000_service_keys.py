from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "service_keys" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(64) NOT NULL UNIQUE,
    "key_hash" VARCHAR(64) NOT NULL UNIQUE,
    "scopes" JSON NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "last_used_at" TIMESTAMP,
    "expires_at" TIMESTAMP NOT NULL
) /* A key by which another service asks this server. */;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE IF EXISTS "service_keys";"""


MODELS_STATE = (
    "eJztXf9z2jgW/1c0/NSbYTMJbdJO5uZmSEK3XJOwF8j2bpsdR9gCdDESa8shTC//+z1JBv"
    "yV2AQTQz3TabCkJ5vPk6XPe3p6/KiNuUVs96DpWVS0mHBmtVP0o8bwmMCHhNo6quHJZFkn"
    "CwTu26o5lu0MAg0pUTW47woHmwIqB9h2CRRZxDUdOhGUMynSZIg8ggTiA4QZwqbJPSbqCC"
    "NBGJblDnweY2pDGbPQdMSRiT2XWIiKA3QNwg4yR5gNiXUgb2lxE+5J2bCQ3j1G//KIIfiQ"
    "iBFx4B7f/4RiyizyBF/Zv5w8GANKbCuEJbVkB6rcELOJKru9bV98Vi3lk/cNk9vemC1bT2"
    "ZixNmiuedR60DKyLohYcTBglgBcJln274y5kX6iaFAOB5ZPKq1LLDIAHu2VFHt7wOPmVIz"
    "SN7p5ED+//Ef/rMF2hnGdadndFs9w6jFVCqfIaIHv8jkTA4HyoRE6sez7neJiCqtyRucf2"
    "nevHt/8jeFAXfF0FGVCq/asxLEAmtRhfoSZiziMF8ATIKOSTLUWiICteWLHMw/rAP5vGAF"
    "5nO0totvr33V6vaaV7/J7seu+5etYGr2WrKmoUpnkdJ3Wh0c3mf9ti86Qd/avS9IXqI/Ot"
    "etqNIW7Xp/1OQzYU9wg/Gpga0gkPPieRE0DWjVFNyJK/Z8hJ0Upc4FInoFgDajyeV8tgVV"
    "1sb4ybAJG4oRXJ58WKHa35s36u05+RBR17Vf01BVz1F45RPlw9eX2EOA3zcyAPy+kQqwrA"
    "oD7Hr9/xIzYWpKRzggsocQN46zDGJolQqyqktE2Rhhd7QG1Au5tfD2p/aSTP5FzxgWEcCa"
    "8oC8lCgI3jcczceHhxkAhlapCKu652fJHgcPAWIjC/rYfJhixzJiNbzB09rGq8aNcbQEMz"
    "xU2MkvKb+BT/jPJU1W9DZmC8yrVhoCpm6U0QbojQgaUeEiChQdTUGjfCoZu+Jf6P6BzO4R"
    "daEKPgEzl2+pYuvyyVzEeJ9bszj331ivr+D80HWeV8Rvvpnp/mW+v7XX46jxKcPrAa1SXw"
    "9Vt5r4S13HwW4zkYz1vHkEbPgCu7i2DuVD/NI4+vDxw6f3Jx8+QRP1oIuSjysU0L7uRWZ3"
    "8jShwN6N/MZUWLIyqspmVJVkgWlJn8vvxKEDamJfB7GlJt5o5aJDZHPjMdA+x/ozcTisDb"
    "BUcEaUQ+gAtWHtMOE2alWwKXtA2CHIgv4fYb0YOHyMYD1A1NK+I6acRS6YnUmeqALuccfu"
    "2L3nEketYxJgNFD+LIuYfHaqHF6WBePFhT6w8Jc0uPEMKZBmCBY0V/XvAvDIgfURms2v75"
    "gJ4006wahc9lS5fGehH8d/KGRRV8AX9Kg7IronMeWVo2wnHGUTzwEJksxPWswbK7zb8CSY"
    "mSSGe0B8e+Zp7ab1a7vbu2n22p3rONyx2vB7Hqw+RcGrO/Zbs9v91rm5MG5aoK5TFL6+Y6"
    "2rZvvSALivf22douDVoq5z3W1d9xaV+nJee3t90ZlXyc93rNs6v71pGc3z886tFAtf3zH/"
    "g3HRumzpJ46W3LGLdrfzDWr03+ikk8kOz2K4NNLtlsZh1DJkZGqoqTgP8w0J7Z99WIi3A6"
    "wFI2muXGlfGInz5T54lI5OstgYUb4VMDFOogBzMTHWZ8Jx6Q2w4ZKN8l1nw0FtS/b1CnUn"
    "iFf6LrO+Kxv3Z9CybwHl3hKIylVbAi9uCcDtwBj0lOWdG+9E4f0jggWjPsGuO+VOLlKY2k"
    "GFfgb0HSKxWGMRCUtuZxGpuMKaq4j0siXaWul+qYDIK5xT5VpB1ndExdzOYWzjwH7mDqFD"
    "9pXMYm6oCJy+s/jW72YXAV2WLu/v4OnCNxocTPDN4fsSoWf1Zve8edGqPad78QNedUzthB"
    "2yM1/s89cbYuOUqB4f5I4nhhy+0JXvqdmtxSAN7ecidzrUuEzY3JiP1/T9DKn0rFG0yCFD"
    "6griEAtNQIyzA3QL67qN7qnr74kQ674uffQzxJk9QyNuW8pl71PdOvK0wEiODvX5PiGits"
    "g7VZsGZZir6ys2DXI7dl/n1C1zUEMhPl31Nwe88/b7x9UbmUKqGitCqhqHsb2JuXmT2zyN"
    "Ce6hA71xfJxpQB+vGNDHUcQdbuca0PP2e4jv5q1PG7OhB7QjD8BBmf2bNTa/CUTZI5V2ej"
    "9XJF9Yav9wLmTxC/DHBDOFw8yAWQrcYckI3n0QLWr2WJRsl8KddTqXIefJWbsXQfr26qwF"
    "Y10pABpRbTHGY/0Au4nDB9QmAOh4okzL3Ogn9VBpIYcWgmFrOT1NCaKFepzK4kV80YxJ4H"
    "3QhIic+CYKVwhHIoZV8KU+KpsT3wTRCt3I+NXTaxzVf3Y71ymjdikS3VygpkD/QzZ1s4S6"
    "7w6eEovQbDwnG++umv+O8pDzy85ZFHjZwVn0nBN1JRDr7PBERKtokDLv8Gif+jrRIGHJrW"
    "i5JHs+O6fkpb85r5LDktVubanVXG3K/xRq9ibWmmoOS1ZqLrWadaaenDZFSKiKv1gVf6Gh"
    "ioObOwKjt+hoF0F9MQYjNKRCURg3MMZv2ue9bGEYsQOK64djJB6Q3EkbIh6TETrpAnMDM0"
    "ybEpZ0xjsPZF9lV+eqp92d11ej5RLXff3Y6upe9gmkIsN8guMqIdonMuzSg35iQz1L8M8D"
    "IC1TW2gxfdoXIxk/JNNaIJsPhzKjHUP9WR25njlCUHr/mTpkwJ8QZ+iSMu8pMdpnU13Lw8"
    "r+kHIRgT7lcWZ91llOo9YB6o2Iqw4huwhWGtkb17dTMUQYMTLVT6MS9MnEHYwLapK0yKHv"
    "i8hCGKjErv1ZhRKVKpRIayWG9Kqda1+gig2oItMr6+iNI9N3SKm7EpteUkiLjE4vkpKFgt"
    "UTOFk0mD2dlHG/pbEIoc/CymRjyYxk5DP00OdPdbgErIRmTCpdioOZq3NparIzxg/AbagA"
    "umMCXcJOQmazzXUtWZnMTCPIk1BJZLjws8ucyoZQ4gBXU7HeKhfNPahWyIQzkr3dy6X9Hk"
    "1HRN9QPxSwNyJTLAN7Y1zmkLGILAwmrgFJ4GpY6PxrtuJ5BNkEu+RUpmrjzoPKNwPPbNqY"
    "jt1l92P+qL8DjEYldscGnvAccoDaA9XMl7YocetLuT4xuUzrBjdGeAhjOWO8+XdgF1iHs+"
    "hn1jSy4o1vyBvVEMxFHBcSe8gcN5+r1iEmncwt1cxxu0GhPYS5kIBHOcbjIKfHdMzbvyqg"
    "o2w4bzuiYzGhx4f2y1mvFsJbzHkFTT1i5Zyka/+6bd22Lk6RlpbppmSSKbk237HPzfalrB"
    "vA0ijrLlrnnf+c6rxxUbaR5eXIkt0zPbfnp9hroVfamIpeiMNYSFUma6lNVsXpUiLq0/lS"
    "WKoKEIwk8AeGM57kSoAbFNleEtzDolbrDWfAtbErDOI4+X51Iiy1f8c+NpbnvPJU/nTTvq"
    "Qea+g4IFZF0JZZvzt0gmXnY3YeIzEfr/RPFxNHUsYgnoSRViaXdZc4j9QkoLlagsM6UFtf"
    "5a52dTvjgcyyhxCQGerP0HRE5RY+4yrlt98Rwu6D9MEq364DECYGCuTqYO54llIhv3Ndb/"
    "fL3+3ofmn+0jg+kf7sEXnCYJ3SMbarRCGlmaDqK7y0W01ksQbIO7yzL7M4581fEZSpIH4R"
    "YtfkE5JgTKe7ZpcSlXP2Fc7ZyhZcRxU7ZysoP4n8md11Em1HZCursMya3q0s25Wac6g5Zp"
    "++lc2kA9UTDaZFDPsqa2kZLp/FUrL5ECwSX0qFLaM+wY6MWOEPhK1jzkRMqQLuUBlMW3lv"
    "X2EwKdXm5vVhqYrZv8jsK4K5t+tRRTB/Rk3vFsEsyc7D7mmZWWupeClWvcVl1q9p5w04XU"
    "rsX5jF5mlPmY8JlWRO3KNTQmXceS3pISE/aUWC82CZziLdd6BzQmR2HUwcbnmmQNyBf0PM"
    "qKs2opE6obPYHNUnX+TpamnU8ynzf3LB0Y0n3KZm4qmgTXdfOQ3KMPHUS7vLWqo1s5DfC7"
    "CoO7HxzMiLc1Ru/yhKIXC76rBhbrQjYhXYmcB2yMSeweSeB+mgzB7CXMQZL72exkFekbl3"
    "IVGFElShBJXn4FU7j2Er7ZU5sTb2G4Nvoe3t5sNqEoeao1qCXeXX1FfZVXjZ5iWzKh2GDZ"
    "svqQepEq2XhCNU/rAo79bbRo5QpRsrYHvOd+Oz8o2AyD6aLEX84JZ8qXIg7DffQ3SPMpHm"
    "oxWk+SjhrBpnItFRnU7nAiIVn8vJ5940xOj5/4nG2jQ="
)
