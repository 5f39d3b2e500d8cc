"""What holds for all tests: hypothesis sets no time limit for an example, as machines differ."""

from hypothesis import settings

settings.register_profile("promptgauge", deadline=None)
settings.load_profile("promptgauge")
