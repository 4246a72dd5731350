#!/bin/sh
# Corrects a common misspelling and drops tickers; `-u` writes each line out at once.
exec sed -u \
  -e 's/الليبيه/الليبية/g' \
  -e '/"title":"عاجل/s/^{"id":"\([^"]*\)".*/{"id":"\1","drop":"ticker"}/'
