"""Hashes of passwords, each as another system has really written it."""

PASSWORD = "correct horse battery"
DECOMPOSED = "pa\u0308sswörter"

# Django 5.2.19, each by `make_password`'s hasher with its own salt and parameters, but for rounds=4
# of bcrypt and 1,000 iterations of PBKDF2-SHA1, which are for a quick test.
DJANGO = [
    "pbkdf2_sha256$1000000$dvH5aEqwodS3fNkr9MlGP0$6jsl7DiMPkHZVO4FzADAgmICSngbKEVPJ/MfqF/iCts=",
    "pbkdf2_sha1$1000$seasalt2$ZXKgkKtGgMyeFjSN97n9NWVUzUU=",
    (
        "argon2$argon2id$v=19$m=102400,t=2,p=8$UlNLVEdQTGpCOGdQM0c1UXd2OHpuMw"
        "$vR8Y5UUdCdTNVzGMNWIqerXZzd9BqYSq/9hds0wgk7s"
    ),
    "bcrypt$$2b$04$UpdqhAtPywq6.bQAr7GLAueSGud2h7KjhePTqR97A3Zmi/1n/rxn.",
    "bcrypt_sha256$$2b$04$GvzXUOt20JCgbJRddoF7w.1glUJY9kwJwiwZVS8d5uDFMBZ1JZazS",
]
DJANGO_DECOMPOSED = [
    "pbkdf2_sha1$1000$seasalt2$R1GWH9gIqEj0pA4T2BpPqNx7Km8=",
    "bcrypt$$2b$04$E/sv2s17pWDxYq8q.P9MuuWQC2iZ2glNELTV2YqO4PILDOjbllV.u",
    "bcrypt_sha256$$2b$04$A1LJ5LDjnTFu8fA4HowFhuHOkDWAhbh7whF0bLBYQ1dAAwDLD38aq",
]
DJANGO_100_TIMES_X = "bcrypt_sha256$$2b$04$E3xcok6UjymlR9Gn9F1I7eXgoTccABTtRqfWNaFuhRQm4gDYbutiK"
# crypt(3) of libxcrypt 4.4, which has Openwall's bcrypt, as PHP has.
OPENWALL = "$2y$04$abcdefghijklmnopqrstuuqREtd3VJD2QVZbuFskFSLk6eRIrQoOS"
