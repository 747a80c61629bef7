use std::mem::{align_of, offset_of, size_of, size_of_val};
use std::ptr;

#[repr(C)] // in this order, with C's padding
struct AsWritten {
    a: u8,
    b: u32,
    c: u16,
    d: u64,
}

struct Reordered {
    a: u8,
    b: u32,
    c: u16,
    d: u64,
}

#[repr(C, packed)]
#[derive(Default)]
struct Packed {
    a: u8,
    b: u32,
    c: u16,
    d: u64,
}

#[repr(align(64))]
struct CacheLine(u8);

/// A letter for each byte of a member, a dot for each byte of padding.
macro_rules! draw {
    ($kind:ty) => {{
        let mut map = [b'.'; size_of::<$kind>()];
        map[offset_of!($kind, a)..][..1].fill(b'a');
        map[offset_of!($kind, b)..][..4].fill(b'b');
        map[offset_of!($kind, c)..][..2].fill(b'c');
        map[offset_of!($kind, d)..][..8].fill(b'd');
        let map = String::from_utf8_lossy(&map);
        println!("{:<10} {:>2} bytes  {map}", stringify!($kind), size_of::<$kind>());
    }};
}

fn main() {
    draw!(AsWritten);
    draw!(Reordered);
    draw!(Packed);

    // 15 bytes in any order, and a size is a multiple of the alignment: less than this cannot be.
    let members = size_of::<u8>() + size_of::<u32>() + size_of::<u16>() + size_of::<u64>();
    let least = members.next_multiple_of(align_of::<AsWritten>());
    println!("members {members} bytes: no order takes less than {least}");
    assert!(size_of::<AsWritten>() > least);
    if align_of::<u64>() == 8 {
        assert_eq!((size_of::<AsWritten>(), offset_of!(AsWritten, d), least), (24, 16, 16));
    }
    // The language promises that each member is aligned and overlaps no other; the order is the compiler's choice.
    assert!(size_of::<Reordered>() >= least);
    assert_eq!(offset_of!(Reordered, d) % align_of::<u64>(), 0);

    // `&packed.d` would not compile (E0793): a reference has to be aligned. A copy by value is fine.
    let packed = Packed { d: 9, ..Packed::default() };
    let d = packed.d;
    // SAFETY: the pointer leads to eight bytes that hold a u64; read_unaligned asks for no alignment.
    let same = unsafe { ptr::addr_of!(packed.d).read_unaligned() };
    assert_eq!((size_of::<Packed>(), align_of::<Packed>(), d, same), (members, 1, 9, 9));

    let lines = [CacheLine(1), CacheLine(2)];
    println!("repr(align(64)): {} and {} take {} bytes", lines[0].0, lines[1].0, size_of_val(&lines));
    assert_eq!((size_of::<CacheLine>(), align_of::<CacheLine>()), (64, 64));
    assert!(lines.iter().all(|line| ptr::from_ref(line) as usize % 64 == 0));
}
