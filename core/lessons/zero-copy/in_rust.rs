use std::str::{self, Utf8Error};

/// A message seen through the bytes that it arrived in: it borrows them, and so it cannot outlive them.
struct Message<'a> {
    kind: u16,
    body: &'a str,
}

#[derive(Debug, PartialEq)]
enum Malformed {
    TooShort,
    NotText(Utf8Error),
}

fn parse(bytes: &[u8]) -> Result<Message<'_>, Malformed> {
    let &[k0, k1, l0, l1, ref rest @ ..] = bytes else {
        return Err(Malformed::TooShort);
    };
    let length = usize::from(u16::from_le_bytes([l0, l1]));
    let body = rest.get(..length).ok_or(Malformed::TooShort)?;
    Ok(Message { kind: u16::from_le_bytes([k0, k1]), body: str::from_utf8(body).map_err(Malformed::NotText)? })
}

fn main() {
    let mut buffer = vec![7, 0, 36, 0];
    buffer.extend_from_slice(b"name=Ada Lovelace;role=mathematician");

    let message = parse(&buffer).expect("the message is whole");
    let (name, role) = message.body.split_once(';').expect("two fields");
    println!("kind {}: {name}, {role}: 0 bytes copied", message.kind);
    assert_eq!((message.kind, name, role), (7, "name=Ada Lovelace", "role=mathematician"));
    // The views point into the buffer itself.
    assert_eq!(name.as_ptr(), buffer[4..].as_ptr());
    assert_eq!(role.as_ptr(), buffer[22..].as_ptr());

    let mut copy = name.to_owned();
    copy.replace_range(..1, "N");
    println!("{copy}: {} bytes copied", copy.len());
    assert!(copy.starts_with('N') && name.starts_with('n'));

    // `drop(buffer)` in this place would not compile (E0505): name is used below, and it borrows the buffer.
    let last = &role[role.len() - 5..];
    assert_eq!((name.len(), last), (17, "ician"));
    drop(buffer);
    println!("the copy outlives the buffer: {copy}");
    assert_eq!(copy, "Name=Ada Lovelace");

    // Two halves that may both be written to, because they do not overlap.
    let mut digits = [1, 2, 3, 4];
    let (left, right) = digits.split_at_mut(2);
    left.swap_with_slice(right);
    assert_eq!(digits, [3, 4, 1, 2]);
    assert_eq!(parse(&[7, 0, 9, 0, b'x']).err(), Some(Malformed::TooShort));
}
