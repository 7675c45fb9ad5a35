#!/usr/bin/env bash
# Records a council's approval with curl, jq, openssl 3 and coreutils: builds, canonicalises, signs, submits, checks the receipt.
#
#   record-decision.sh SERVER PARTY KEY.pem LOG_KEY [invented]
#
# LOG_KEY is the ledger's vkey, got from elsewhere than the server. openssl asks for the key's passphrase, if it has one.
set -euo pipefail
server=$1 party=$2 key=$3 log_key=$4 invented=${5:-} kind=application/vnd.sinetti.event.v1+json
agreement=$server/api/v1/agreements/pirkanmaa-puitesopimus-2023
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
curl -fsS "$agreement" > "$work/state.json"
event=$(printf '%012x7%.3s8%.15s' "$(date +%s%3N)" "$(openssl rand -hex 2)" "$(openssl rand -hex 8)" |
    sed -E 's/(.{8})(.{4})(.{4})(.{4})/\1-\2-\3-\4-/')                                      # a UUID of version 7
jq -cjS --arg party "$party" --arg event "$event" --arg ledger "${log_key%%+*}" --arg invented "$invented" '{
    actor: $party, agreement, event: $event, ledger: $ledger, type: "decision_recorded",
    seen: {version: .as_of.version, hash: .as_of.leaf},
    data: ({occurred_on: "2025-05-12", section: "31", resolution: "adopted", effect: "approve", minutes: "confirmed",
        organ: {kind: "council", name: "kunnanvaltuusto"}, competent: {basis: "hallintosääntö 20 §"}, finality: "open",
        subject: {digest: [.texts[] | select(.current and .digest)][0].digest}}
        + if $invented == "" then {} else {invented: true} end)}' "$work/state.json" > "$work/payload"   # canonical

{ printf 'DSSEv1 %d %s %d ' ${#kind} $kind "$(wc -c < "$work/payload")"; cat "$work/payload"; } > "$work/signed"
openssl pkeyutl -sign -rawin -inkey "$key" -in "$work/signed" -out "$work/signature"
keyid=$(openssl pkey -in "$key" -pubout -outform DER | tail -c 32 | sha256sum | cut -d ' ' -f 1)
jq -n --rawfile payload <(base64 -w0 "$work/payload") --rawfile sig <(base64 -w0 "$work/signature") --arg kind $kind --arg keyid "$keyid" \
    '{envelope: {$payload, payloadType: $kind, signatures: [{$keyid, $sig}]}, disclosures: []}' > submission.json
# Keep submission.json: after an outage, send the same again. A refusal is a problem (RFC 9457): read its detail.
curl -sS --fail-with-body -H 'Content-Type: application/json' --data-binary @submission.json "$agreement/events" > receipt.json ||
    { cat receipt.json >&2; exit 1; }

hex() { base64 -d | basenc --base16 -w0; }; hash() { printf "%s" "$1" | basenc --base16 -d | sha256sum | cut -c -64 | tr a-f A-F; }
jq -r .proof receipt.json > "$work/proof"
mapfile -t note < <(sed '1,/^$/d;/^$/,$d' "$work/proof")                                          # origin, size, root
node=$(hash "00$(jq -r .record_bytes receipt.json | hex)") at=$(jq .index receipt.json) last=$((note[1] - 1))
for sibling in $(sed '1,2d;/^$/,$d' "$work/proof"); do                                 # RFC 9162 section 2.1.3.2
    sibling=$(hex <<< "$sibling")
    if ((at & 1 || at == last)); then
        node=$(hash "01$sibling$node")
        while ((at && !(at & 1))); do at=$((at >> 1)) last=$((last >> 1)); done
    else node=$(hash "01$node$sibling"); fi
    at=$((at >> 1)) last=$((last >> 1))
done
[ "$last" = 0 ] && [ "$node" = "$(hex <<< "${note[2]}")" ] &&
    jq -e '(.record_bytes | @base64d | fromjson.envelope) == input.envelope' receipt.json submission.json > /dev/null || { echo "the receipt does not prove this act" >&2; exit 1; }
printf '%s\n' "${note[@]}" > "$work/note"
{ base64 -d <<< MCowBQYDK2VwAyEA; base64 -d <<< "${log_key#*+*+}" | tail -c 32; } > "$work/log.der"    # Ed25519
sed -n "s/^— ${note[0]//\//\\/} //p" "$work/proof" | head -n 1 | base64 -d | tail -c 64 > "$work/log.sig"
openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/log.der" -in "$work/note" -sigfile "$work/log.sig" > /dev/null
echo "recorded as version $(jq .version receipt.json), and proven to be in the ledger"
