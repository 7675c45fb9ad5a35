// A client of the ledger that shares no code with it: checkpoint, tiles, inclusion and consistency, by Go's
// sumdb/note and sumdb/tlog.
//
// Debian's golang.org/x/mod has the flaw CVE-2026-56865: its tile reader can vouch for hashes that it did not
// prove. So nothing here ends in that reader's word: each claim ends in a comparison with the signed root.
package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8 // of C2SP tlog-tiles: 256 hashes a tile
	width  = 1 << height

	agreement = "pirkanmaa-puitesopimus-2023"
)

// get answers a path of the server. It is an argument of everything below, so that bytes can be flipped on the way.
type get func(path string) ([]byte, error)

// checkpoint is a signed tree head whose Ed25519 signature was verified.
type checkpoint struct {
	origin string
	tree   tlog.Tree
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: tlog SERVER VKEY OLDER_CHECKPOINT")
		os.Exit(2)
	}
	base := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	fatal(err)
	older, err := os.ReadFile(os.Args[3])
	fatal(err)
	served := newCache(base)
	known := note.VerifierList(verifier)

	t := &tally{}
	t.check("checkpoint, tiles, inclusion of every record", func() error { return verify(served.get, known) })
	t.check("consistency with an older checkpoint", func() error { return consistent(served.get, known, older) })
	t.check("an older checkpoint of another history is refused", func() error {
		return must(refuseOtherHistory(served.get, known, older))
	})
	t.check("the proof of every record, as the API serves it", func() error { return proofs(served.get, known) })
	t.check("the evidence bundle of an agreement, with Go's own ZIP reader", func() error { return bundle(served.get, known) })
	for _, path := range append(tiles(served, known), "/checkpoint") {
		path := path
		t.check("a flipped byte is found: "+path, func() error { return flip(served, path, known) })
	}
	t.check("forged hashes under an honest record are found", func() error { return forge(served, known) })
	fmt.Printf("%d passed, %d failed\n", t.passed, t.failed)
	if t.failed > 0 {
		os.Exit(1)
	}
}

// verify checks that the newest checkpoint is signed, that the records give its root and every hash tile, and that
// each record is proven in the tree from the tiles.
func verify(get get, known note.Verifiers) error {
	head, err := open(get, known)
	if err != nil {
		return err
	}
	records, err := entries(get, head.tree.N)
	if err != nil {
		return err
	}
	stored, err := store(records)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(head.tree.N, stored)
	if err != nil {
		return err
	}
	if root != head.tree.Hash {
		return fmt.Errorf("the records give the root %v, the checkpoint says %v", root, head.tree.Hash)
	}
	if err := sameTiles(get, head.tree.N, stored); err != nil {
		return err
	}
	return included(get, head, records)
}

// open fetches the newest checkpoint and verifies the pinned key's signature on it.
func open(get get, known note.Verifiers) (*checkpoint, error) {
	signed, err := get("/checkpoint")
	if err != nil {
		return nil, err
	}
	return parse(signed, known)
}

// parse verifies a checkpoint: C2SP tlog-checkpoint, which is not the header of Go's own checksum database.
func parse(signed []byte, known note.Verifiers) (*checkpoint, error) {
	n, err := note.Open(signed, known)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return nil, fmt.Errorf("a checkpoint of %d lines", len(lines)-1)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return nil, fmt.Errorf("not a tree size: %q", lines[1])
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil || hash.String() != lines[2] {
		return nil, fmt.Errorf("not a root: %q", lines[2])
	}
	if lines[0] != n.Sigs[0].Name {
		return nil, fmt.Errorf("the checkpoint of %q is signed by %q", lines[0], n.Sigs[0].Name)
	}
	return &checkpoint{lines[0], tlog.Tree{N: size, Hash: hash}}, nil
}

// entries reads the records of the log from its entry bundles: two bytes of length, then the record.
func entries(get get, size int64) ([][]byte, error) {
	var records [][]byte
	for n := int64(0); n*width < size; n++ {
		wide := size - n*width
		if wide > width {
			wide = width
		}
		path := tilePath("entries", n, int(wide))
		data, err := get(path)
		if err != nil {
			return nil, err
		}
		for at := int64(0); at < wide; at++ {
			if len(data) < 2 || len(data)-2 < int(data[0])<<8+int(data[1]) {
				return nil, fmt.Errorf("%s ends within entry %d", path, at)
			}
			length := int(data[0])<<8 + int(data[1])
			records = append(records, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) > 0 {
			return nil, fmt.Errorf("%s holds more than %d entries", path, wide)
		}
	}
	return records, nil
}

// store computes all hashes of the tree from its records.
func store(records [][]byte) (tlog.HashReader, error) {
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, 0, len(indexes))
		for _, index := range indexes {
			if index >= int64(len(hashes)) {
				return nil, fmt.Errorf("no hash %d", index)
			}
			found = append(found, hashes[index])
		}
		return found, nil
	})
	for n, record := range records {
		more, err := tlog.StoredHashes(int64(n), record, reader)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, more...)
	}
	return reader, nil
}

// sameTiles compares every hash tile of the tree with what the records give.
func sameTiles(get get, size int64, stored tlog.HashReader) error {
	for _, tile := range tlog.NewTiles(height, 0, size) {
		expected, err := tlog.ReadTileData(tile, stored)
		if err != nil {
			return err
		}
		served, err := get(pathOf(tile))
		if err != nil {
			return err
		}
		if !bytes.Equal(expected, served) {
			return fmt.Errorf("%s does not hold the hashes of the records", pathOf(tile))
		}
	}
	return nil
}

// included proves each record from the served tiles; tlog.CheckRecord compares the result with the signed root.
func included(get get, head *checkpoint, records [][]byte) error {
	reader := tlog.TileHashReader(head.tree, &tileReader{get})
	for n, record := range records {
		proof, err := tlog.ProveRecord(head.tree.N, int64(n), reader)
		if err != nil {
			return fmt.Errorf("record %d: %w", n, err)
		}
		err = tlog.CheckRecord(proof, head.tree.N, head.tree.Hash, int64(n), tlog.RecordHash(record))
		if err != nil {
			return fmt.Errorf("record %d: %w", n, err)
		}
	}
	return nil
}

// consistent checks that the newest tree begins with all of the older one.
func consistent(get get, known note.Verifiers, older []byte) error {
	head, err := open(get, known)
	if err != nil {
		return err
	}
	was, err := parse(older, known)
	if err != nil {
		return err
	}
	if was.tree.N >= head.tree.N {
		return fmt.Errorf("no step to prove: from %d to %d", was.tree.N, head.tree.N)
	}
	return extends(get, head.tree, was.tree)
}

func extends(get get, now, was tlog.Tree) error {
	proof, err := tlog.ProveTree(now.N, was.N, tlog.TileHashReader(now, &tileReader{get}))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, now.N, now.Hash, was.N, was.Hash)
}

// refuseOtherHistory gives the error that a flipped root of the older tree leads to.
func refuseOtherHistory(get get, known note.Verifiers, older []byte) error {
	head, err := open(get, known)
	fatal(err)
	was, err := parse(older, known)
	fatal(err)
	was.tree.Hash[7] ^= 1
	return extends(get, head.tree, was.tree)
}

// proofs checks the tlog-proof of each record that the API serves, each against the checkpoint inside it.
func proofs(get get, known note.Verifiers) error {
	head, err := open(get, known)
	if err != nil {
		return err
	}
	records, err := entries(get, head.tree.N)
	if err != nil {
		return err
	}
	for n, record := range records {
		var place struct {
			Agreement string
			Version   int64
		}
		if err := json.Unmarshal(record, &place); err != nil {
			return err
		}
		proof, err := get(fmt.Sprintf("/api/v1/agreements/%s/events/%d/proof", place.Agreement, place.Version))
		if err != nil {
			return err
		}
		if err := checkProof(proof, int64(n), record, known); err != nil {
			return fmt.Errorf("the proof of record %d: %w", n, err)
		}
		for _, at := range []int{firstHash(proof), bytes.Index(proof, []byte("\n\n")) + 2} {
			forged := append([]byte(nil), proof...)
			if forged[at] ^= 1; checkProof(forged, int64(n), record, known) == nil {
				return fmt.Errorf("the proof of record %d holds with byte %d flipped", n, at)
			}
		}
	}
	return nil
}

// bundle opens an evidence bundle and checks each record in it by its own proof, against the one checkpoint.
func bundle(get get, known note.Verifiers) error {
	packed, err := get("/api/v1/agreements/" + agreement + "/evidence")
	if err != nil {
		return err
	}
	files, err := unpack(packed)
	if err != nil {
		return err
	}
	if _, err := parse(files["checkpoint"], known); err != nil {
		return err
	}
	proven := 0
	for name, record := range files {
		if !strings.HasPrefix(name, "registry/") && !strings.HasPrefix(name, "agreement/") {
			continue
		}
		var place struct{ Index int64 }
		if err := json.Unmarshal(record, &place); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		proof := files[fmt.Sprintf("proofs/%d.tlog-proof", place.Index)]
		if err := checkProof(proof, place.Index, record, known); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if !bytes.HasSuffix(proof, append([]byte("\n\n"), files["checkpoint"]...)) {
			return fmt.Errorf("%s is proven in another checkpoint", name)
		}
		record[len(record)/2] ^= 1
		if checkProof(proof, place.Index, record, known) == nil {
			return fmt.Errorf("%s is proven with a byte flipped", name)
		}
		proven++
	}
	if proven < 100 {
		return fmt.Errorf("only %d records", proven)
	}
	return nil
}

// unpack reads the files of a ZIP; archive/zip compares each with its checksum.
func unpack(packed []byte) (map[string][]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			return nil, err
		}
		if files[file.Name], err = io.ReadAll(content); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
	}
	return files, nil
}

// checkProof reads a C2SP tlog-proof: header, index, hashes, an empty line, the checkpoint.
func checkProof(proof []byte, n int64, record []byte, known note.Verifiers) error {
	top, signed, found := strings.Cut(string(proof), "\n\n")
	if !found {
		return errors.New("no checkpoint")
	}
	lines := strings.Split(top, "\n")
	if len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", n) {
		return fmt.Errorf("it begins %q", lines[:1])
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		path = append(path, hash)
	}
	head, err := parse([]byte(signed), known)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, head.tree.N, head.tree.Hash, n, tlog.RecordHash(record))
}

// firstHash is where the third line begins.
func firstHash(proof []byte) int {
	at := bytes.IndexByte(proof, '\n') + 1
	return at + bytes.IndexByte(proof[at:], '\n') + 1
}

// flip verifies once for each of some places of path, with one bit of that byte flipped.
func flip(served *cache, path string, known note.Verifiers) error {
	honest := served.files[path]
	vouched := len(honest)
	if path == "/checkpoint" {
		// This client knows no ML-DSA-44: it looks at the text and the Ed25519 line.
		vouched = bytes.LastIndexByte(honest[:len(honest)-1], '\n')
	}
	for at := 0; at < vouched; at += 1 + vouched/23 {
		forged := append([]byte(nil), honest...)
		forged[at] ^= 1 << (at % 8)
		if err := verify(served.with(path, forged), known); err == nil {
			return fmt.Errorf("byte %d", at)
		}
	}
	return nil
}

// tiles lists the paths of all bundles and hash tiles of the newest tree, each at its widest.
func tiles(served *cache, known note.Verifiers) []string {
	head, err := open(served.get, known)
	fatal(err)
	var paths []string
	for level, hashes := 0, head.tree.N; hashes > 0; level, hashes = level+1, hashes/width {
		for n := int64(0); n*width < hashes; n++ {
			wide := hashes - n*width
			if wide > width {
				wide = width
			}
			paths = append(paths, tilePath(strconv.Itoa(level), n, int(wide)))
			if level == 0 {
				paths = append(paths, tilePath("entries", n, int(wide)))
			}
		}
	}
	return paths
}

// forge replaces each hash of each tile in turn while the records stay honest: what a reader that trusts its tiles
// would take for proven.
func forge(served *cache, known note.Verifiers) error {
	head, err := open(served.get, known)
	if err != nil {
		return err
	}
	for _, tile := range tlog.NewTiles(height, 0, head.tree.N) {
		honest := served.files[pathOf(tile)]
		for at := 0; at < tile.W; at++ {
			forged := append([]byte(nil), honest...)
			copy(forged[at*tlog.HashSize:], bytes.Repeat([]byte{7}, tlog.HashSize))
			if err := verify(served.with(pathOf(tile), forged), known); err == nil {
				return fmt.Errorf("hash %d of %s", at, pathOf(tile))
			}
		}
	}
	return nil
}

// tileReader gives Go's client the tiles of a C2SP log.
type tileReader struct{ get get }

func (r *tileReader) Height() int                         { return height }
func (r *tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}

func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := r.get(pathOf(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// pathOf is a hash tile's path in C2SP tlog-tiles, which leaves the height out.
func pathOf(tile tlog.Tile) string { return tilePath(strconv.Itoa(tile.L), tile.N, tile.W) }

func tilePath(level string, n int64, w int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if w < width {
		path += fmt.Sprintf(".p/%d", w)
	}
	return "/tile/" + level + "/" + path
}

// cache fetches each path once.
type cache struct {
	base  string
	files map[string][]byte
}

func newCache(base string) *cache { return &cache{base, map[string][]byte{}} }

func (c *cache) get(path string) ([]byte, error) {
	if data, ok := c.files[path]; ok {
		return data, nil
	}
	answer, err := http.Get(c.base + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, 32<<20))
	if err == nil {
		c.files[path] = data
	}
	return data, err
}

// with answers as served, but for one path.
func (c *cache) with(path string, forged []byte) get {
	return func(wanted string) ([]byte, error) {
		if wanted == path {
			return forged, nil
		}
		return c.get(wanted)
	}
}

// must turns the refusal that is wanted into success.
func must(refusal error) error {
	if refusal == nil {
		return errors.New("it was accepted")
	}
	return nil
}

// tally counts checks and says how each went.
type tally struct{ passed, failed int }

func (t *tally) check(name string, run func() error) {
	if err := run(); err != nil {
		t.failed++
		fmt.Printf("FAILED tlog: %s: %v\n", name, err)
		return
	}
	t.passed++
	fmt.Printf("ok     tlog: %s\n", name)
}

func fatal(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "tlog:", err)
		os.Exit(1)
	}
}
