"""The code of a class, the nicknames and PINs of its pupils: made by chance, read out and typed by people."""

import secrets
from collections.abc import Collection
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # pragma: allowlist secret - an alphabet
"""Nobody takes one of these for another: no I, L, O, 0, 1."""
CODE_LENGTH: Final = 8
"""31 to the power of 8 is 850,000 million: at 300 wrong codes a minute, one of 1,000 classes in 5 years."""
PIN_DIGITS: Final = 6
MOST_WRONG_PINS: Final = 20
"""After so many wrong PINs a pupil comes back with a new one by the teacher only: a guess is right once in 50,000."""
MOST_PUPILS: Final = 60
"""How many pupils a class may have."""
OFFERED: Final = 8
"""How many nicknames are offered first."""

_WORDS: Final = """
Alder Almond Apple Badger Bamboo Beaver Beech Beetle Birch Bison Buffalo Bumblebee Butterfly Camel Chamois Cheetah
Chestnut Chipmunk Condor Cormorant Cowslip Cricket Crocus Cuckoo Curlew Cypress Dolphin Dormouse Dragonfly Dunlin
Eider Elephant Elm Falcon Fennel Finch Fir Firefly Flamingo Gannet Gazelle Ginkgo Giraffe Goose Grouse Gull
Hamster Hare Hawthorn Hedgehog Hippo Hornbeam Ibex Ibis Jackdaw Jaguar Kangaroo Kingfisher Kite Koala Ladybird
Lapwing Larch Lemur Leopard Lime Llama Lobster Lupin Magpie Mammoth Manatee Mango Marmot Marten Meerkat Mole Moose
Narwhal Nettle Newt Nightingale Oak Octopus Okapi Orchid Osprey Ostrich Otter Owl Oyster Panda Partridge Peacock
Pear Pelican Penguin Pheasant Pigeon Pine Platypus Plover Plum Poplar Porcupine Puffin Quail Quince Rabbit
Reindeer Salamander Salmon Seahorse Seal Sequoia Shark Snail Snowdrop Sparrow Spruce Squid Squirrel Stork Swallow
Swift Sycamore Tapir Thistle Thrush Thyme Tiger Toad Tortoise Toucan Trout Tulip Turtle Vole Walnut Walrus Weasel
Whale Wombat Woodpecker Yak Yarrow Yew Zebra
"""
NICKNAMES: Final = tuple(_WORDS.split())
"""Plants and animals after which hardly anybody is called."""


def new_code() -> str:
    """Make the code of a class."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """Read a code as it was typed: in capitals, without spaces and hyphens; '' where it can be none."""
    code = "".join(text.upper().replace("-", " ").split())
    return code if len(code) == CODE_LENGTH and set(code) <= set(LETTERS) else ""


def shown_code(code: str) -> str:
    """Write a code as people read it out: four and four."""
    return f"{code[:4]}-{code[4:]}"


def new_pin() -> str:
    """Make a PIN."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def free_nicknames(taken: Collection[str]) -> list[str]:
    """List the nicknames that nobody has, in random order, so that a class does not reach for the same one."""
    free = [name for name in NICKNAMES if name not in taken]
    return secrets.SystemRandom().sample(free, len(free))
