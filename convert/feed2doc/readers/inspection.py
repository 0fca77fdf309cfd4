"""The parts of the readers that `learning` uses: rules and selectors, header lines, names and times."""

from feed2doc.readers._article.authors.unlabelled_names import BY_NAMES
from feed2doc.readers._article.header.units import is_block
from feed2doc.readers._article.headings.bold import BOLD_LINE
from feed2doc.readers._article.times.parsing import fixed, known_zones, parse_time, zones_for
from feed2doc.readers._html.parse import words_of
from feed2doc.readers._rules.lookup import Rules
from feed2doc.readers._rules.names import are_names
from feed2doc.readers._rules.schema import SiteRule
from feed2doc.readers._rules.selectors import Index, selector
from feed2doc.readers._rules.sites import rules_for
from feed2doc.readers._rules.words.lexicon import languages_in

__all__ = [
    "BOLD_LINE",
    "BY_NAMES",
    "Index",
    "Rules",
    "SiteRule",
    "are_names",
    "fixed",
    "is_block",
    "known_zones",
    "languages_in",
    "parse_time",
    "rules_for",
    "selector",
    "words_of",
    "zones_for",
]
