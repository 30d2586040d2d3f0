"""The few words that the packages of these tests know."""

WORDS = {
    ("es", "en"): [("el", "the"), ("gato", "cat"), ("negro", "black"), ("duerme", "is sleeping"), ("no", "not")],
    ("en", "fr"): [("the", "le"), ("cat", "chat"), ("black", "noir"), ("is", "est"), ("not", "pas")],
    ("es", "ca"): [("el", "el"), ("gato", "gat"), ("negro", "negre"), ("duerme", "dorm"), ("no", "no")],
}
