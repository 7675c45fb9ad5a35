//! The examples that the C2SP specifications print.

use sinetti_events::log::checkpoint::Checkpoint;
use sinetti_events::log::note::{Note, NoteError};
use sinetti_events::log::proof::TlogProof;
use sinetti_events::log::vkey::KeyId;

/// tlog-cosignature: a checkpoint with the signature of its log and a witness's cosignature.
const COSIGNED: &str = "\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
";

#[test]
fn the_cosigned_checkpoint_is_read_as_the_specification_says() {
    let note = Note::parse(COSIGNED.as_bytes()).unwrap();
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    assert_eq!(checkpoint.origin.as_str(), "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(note.signatures().len(), 2);
    let (log, witness) = (&note.signatures()[0], &note.signatures()[1]);
    assert_eq!((log.name.as_str(), log.signature.len()), ("example.com/behind-the-sofa", 64));
    assert_eq!(log.id, KeyId([0x03, 0x3d, 0xe0, 0xae]));
    assert_eq!(witness.name.as_str(), "witness.example.com/w1");
    // "time 1679315147" in the specification's signed message.
    assert_eq!(witness.signature[..8], 1_679_315_147u64.to_be_bytes());
    assert_eq!(witness.signature.len(), 8 + 64);
    assert_eq!(note.open(&[]), Err(NoteError::Unknown));
}

#[test]
fn the_proof_round_trips_with_its_hashes_and_extra_data() {
    // tlog-proof's example, over the checkpoint above because its own elides its signatures.
    let hashes = "\
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=
EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=
RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=
AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=
";
    let extra = "YWdlLXYxLjIuMS1kYXJ3aW4tYXJtNjQudGFyLmd6kYXJ3aW4tYXJ";
    let text = format!("c2sp.org/tlog-proof@v1\nextra {extra}\nindex 73894\n{hashes}\n{COSIGNED}");
    let proof = TlogProof::parse(text.as_bytes()).unwrap();
    assert_eq!((proof.index, proof.hashes.len()), (73_894, 5));
    let extra = proof.extra.as_deref();
    assert!(extra.is_some_and(|extra| extra.starts_with(b"age-v1.2.1-darwin-arm64.tar.gz")));
    assert_eq!(proof.checkpoint.as_str(), COSIGNED);
    assert_eq!(proof.to_string(), text);
}
