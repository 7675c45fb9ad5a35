#!/usr/bin/env bash
# Brings the Pirkanmaa framework agreement into force on an empty demonstration ledger: keys for all
# 25 parties, enrolled by the registrar, then 25 approvals and 25 signatures, over HTTP.
#
#   sinetti serve --demo=empty --data-dir all-parties        in another terminal
#   examples/all-parties.sh [DATA_DIR [SERVER]]
#
# Needs sinetti and jq in PATH. All acts are invented and say so.
set -euo pipefail
data=${1:-all-parties}
export SINETTI_SERVER=${2:-${SINETTI_SERVER:-http://127.0.0.1:8080}}
agreement=pirkanmaa-puitesopimus-2023
registrar=$data/demo/keys/registrar.pem
work=$(mktemp -d -t all-parties.XXXXXX)
trap 'rm -rf "$work"' EXIT

main() {
    mapfile -t parties < <(state | jq -r '.parties[].party')
    echo "${#parties[@]} parties"
    [ "${#parties[@]}" -eq 25 ]
    make_keys
    deposit_text
    for party in "${parties[@]}"; do approve "$party"; done
    expect '.approved == 25 and .signed == 0 and (.in_force | not)'
    for party in "${parties[@]:0:24}"; do affix "$party"; done

    echo "-- 24 signatures: not in force, and the missing one is named"
    expect '.approved == 25 and .signed == 24 and (.in_force | not) and (.missing | length) == 1'
    sinetti status "$agreement" --lang en
    echo "-- the registrar can't determine entry into force yet:"
    if determine "$(date +%F)"; then echo "it was accepted too early" >&2; exit 1; fi

    affix "${parties[24]}"
    echo "-- 25 signatures: in force by the agreement's own rule"
    expect '.approved == 25 and .signed == 25 and .in_force and .bound == 25 and (.missing | length) == 0'
    determine "$(state | jq -r .in_force_since)"
    expect '.determined'
    sinetti status "$agreement" --lang en

    echo "-- and everything again from the bytes:"
    sinetti verify --server "$SINETTI_SERVER"
}

state() { sinetti status "$agreement" --json; }

# expect FILTER: stops unless it holds of the agreement's state.
expect() { state | jq -e "$1" >/dev/null || { echo "expected $1, but: $(state | jq -c '{approved, signed, in_force, missing}')" >&2; exit 1; }; }

# record TYPE PARTY STREAM KEY... -- FIELD...: draft, sign and submit.
record() {
    local type=$1 party=$2 stream=$3 keys=()
    shift 3
    while [ "$1" != -- ]; do keys+=(--key "$1"); shift; done
    shift
    sinetti draft "$type" --agreement "$stream" --party "$party" "$@" |
        sinetti sign - "${keys[@]}" 2>/dev/null |
        sinetti submit - 2>"$work/answer" >/dev/null || { cat "$work/answer" >&2; return 1; }
}

# Each party makes its key; the registrar enrols it; the new key signs too, as proof of possession.
make_keys() {
    for party in "${parties[@]}"; do
        sinetti key new --no-passphrase --out "$work/$party.pem" --json 2>/dev/null >"$work/$party.json"
        record key_enrolled registrar registry "$registrar" "$work/$party.pem" -- \
            --field party="$party" --field public_key="$(jq -r .public_key "$work/$party.json")" \
            --field purposes=manage,record,sign
    done
    echo "${#parties[@]} keys made and enrolled"
}

# The text that all approve and sign is named by its digest.
deposit_text() {
    printf 'Keksitty sopimusteksti.\n' >"$work/text.txt"
    text=$(sha256sum <"$work/text.txt" | cut -d ' ' -f 1)
    record text_deposited registrar "$agreement" "$registrar" -- --on 2025-01-15 --invented \
        --field role=approval --field language=fi --field digest="$text" \
        --field titles.fi='Puitesopimus (keksitty teksti)'
    echo "text $text deposited"
}

approve() {
    sinetti approve --agreement "$agreement" --party "$1" --key "$work/$1.pem" --keep "$work" --on 2025-02-10 \
        --organ-kind council --organ valtuusto --section 12 --competent "hallintosääntö 20 §" --finality open \
        --text "$text" --invented 2>"$work/answer" || { cat "$work/answer" >&2; exit 1; }
    state | jq -r '"approved \(.approved), signed \(.signed)"'
}

affix() {
    sinetti affix --agreement "$agreement" --party "$1" --key "$work/$1.pem" --keep "$work" --on 2025-03-03 \
        --role johtaja --signatory "Maija Esimerkki" --text "$text" --invented \
        2>"$work/answer" || { cat "$work/answer" >&2; exit 1; }
    state | jq -r '"approved \(.approved), signed \(.signed)"'
}

# determine DATE: the registrar's statement that the agreement is in force from DATE.
determine() {
    record entry_into_force_determined registrar "$agreement" "$registrar" -- --on "$(date +%F)" --invented \
        --field in_force_from="$1"
}

main
