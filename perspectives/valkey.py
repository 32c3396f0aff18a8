"""The cache in Valkey: for what is made anew where it is lost. What must not be lost is in Django's default cache."""

from typing import cast

from django.core.cache import BaseCache, caches
from django.utils.connection import ConnectionProxy

cache = cast("BaseCache", ConnectionProxy(caches, "valkey"))
