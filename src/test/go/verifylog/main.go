// Verifies an exported log with golang.org/x/mod/sumdb: the signature of its checkpoint, every tile it reads up to the
// root, the hash of every entry, and, when they are given, receipts and the continuation of a checkpoint that was kept.
//
//	verifylog DIR VKEY [since=FILE] [receipt=FILE]...
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/ioutil"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) < 3 {
		fail(errors.New("usage: verifylog DIR VKEY [since=FILE] [receipt=FILE]..."))
	}
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	fail(err)
	checkpoint, err := ioutil.ReadFile(filepath.Join(dir, "checkpoint"))
	fail(err)
	tree, err := openCheckpoint(checkpoint, verifier)
	fail(err)
	reader := tlog.TileHashReader(tree, tiles(dir))
	fail(verifyRoot(tree, reader))
	fail(verifyEntries(dir, tree, reader))
	fmt.Printf("verified %d entries\n", tree.N)
	for _, argument := range os.Args[3:] {
		what, file := split(argument, "=")
		content, err := ioutil.ReadFile(file)
		fail(err)
		switch what {
		case "since":
			fail(verifySince(content, verifier, tree, reader))
			fmt.Println("verified since")
		case "receipt":
			index, err := verifyReceipt(string(content), verifier)
			fail(err)
			fmt.Printf("verified receipt %d\n", index)
		default:
			fail(errors.New("unknown argument " + argument))
		}
	}
}

func fail(err error) {
	if err != nil {
		fmt.Println("not verified:", err)
		os.Exit(1)
	}
}

func split(text, separator string) (string, string) {
	at := strings.Index(text, separator)
	if at < 0 {
		return text, ""
	}
	return text[:at], text[at+len(separator):]
}

// openCheckpoint reads the first three lines of a checkpoint, whose first one is not that of Go's own database.
func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("malformed checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, err
}

// tiles reads a directory; the paths of c2sp.org/tlog-tiles are Go's without the height.
type tiles string

func (dir tiles) Height() int { return tileHeight }

func (dir tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		content, err := ioutil.ReadFile(filepath.Join(string(dir), path))
		if err != nil {
			return nil, err
		}
		all = append(all, content)
	}
	return all, nil
}

func verifyRoot(tree tlog.Tree, reader tlog.HashReader) error {
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if tree.N > 0 && root != tree.Hash {
		return errors.New("the root is not the checkpoint's")
	}
	return nil
}

func verifyEntries(dir string, tree tlog.Tree, reader tlog.HashReader) error {
	for start := int64(0); start < tree.N; start += tileWidth {
		width := tree.N - start
		if width > tileWidth {
			width = tileWidth
		}
		data := tlog.Tile{H: tileHeight, L: -1, N: start / tileWidth, W: int(width)}
		path := strings.Replace(data.Path(), "tile/8/data/", "tile/entries/", 1)
		bundle, err := ioutil.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return err
		}
		var indexes []int64
		for i := int64(0); i < width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, start+i))
		}
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i := range hashes {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				return fmt.Errorf("entry %d is cut off", start+int64(i))
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if tlog.RecordHash(bundle[2:end]) != hashes[i] {
				return fmt.Errorf("entry %d is not that of the tree", start+int64(i))
			}
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return fmt.Errorf("%s has more entries than the tree", path)
		}
	}
	return nil
}

func verifySince(kept []byte, verifier note.Verifier, tree tlog.Tree, reader tlog.HashReader) error {
	old, err := openCheckpoint(kept, verifier)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, old.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash)
}

func verifyReceipt(receipt string, verifier note.Verifier) (int64, error) {
	head, checkpoint := split(receipt, "\n\n")
	tree, err := openCheckpoint([]byte(checkpoint), verifier)
	if err != nil {
		return 0, err
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, errors.New("malformed receipt")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return 0, err
	}
	var told struct{ Entry string }
	if err := json.NewDecoder(bytes.NewReader(extra)).Decode(&told); err != nil {
		return 0, err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, err
		}
		proof = append(proof, hash)
	}
	return index, tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash([]byte(told.Entry)))
}
