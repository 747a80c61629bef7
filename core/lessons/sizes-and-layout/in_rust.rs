use std::ffi::{c_int, c_long};
use std::mem::{align_of, size_of};
use std::rc::Rc;

macro_rules! show {
    ($($kind:ty),+ $(,)?) => {
        $(println!("{:<20} {:>4} {:>9}", stringify!($kind), size_of::<$kind>(), align_of::<$kind>());)+
    };
}

fn main() {
    const WORD: usize = size_of::<usize>();

    println!("{:<20} {:>4} {:>9}", "type", "size", "alignment");
    show!(bool, u8, u16, u32, u64, u128, usize, f32, f64, char, ());
    show!(*const u8, &u8, Box<u8>, Rc<u8>, fn(), Vec<u8>, String);

    // A pointer to something whose size is known only at run time brings a second word: a length, or a table.
    show!(&[u8], &str, Box<[u8]>, &dyn Send);
    assert_eq!(size_of::<&u8>(), WORD);
    assert_eq!(size_of::<&[u8]>(), 2 * WORD);
    assert_eq!(size_of::<&str>(), 2 * WORD);
    assert_eq!(size_of::<Vec<u8>>(), 3 * WORD);

    // A reference is never null, so null is free to mean None; every u32 is taken, so its Option needs room.
    show!(Option<&u8>, Option<Box<u8>>, Option<u32>);
    assert_eq!(size_of::<Option<&u8>>(), size_of::<&u8>());
    assert_eq!(size_of::<Option<Box<u8>>>(), size_of::<Box<u8>>());
    assert!(size_of::<Option<u32>>() > size_of::<u32>());

    // The exact-width types are alike everywhere; usize and C's types hang on the machine.
    println!("\nmodel  int long pointer");
    let here = (size_of::<c_int>(), size_of::<c_long>(), WORD);
    let models = [("LP64", (4, 8, 8)), ("LLP64", (4, 4, 8)), ("ILP32", (4, 4, 4))];
    for (name, model) in models {
        let (int, long, pointer) = model;
        let mark = if model == here { "  <- here" } else { "" };
        println!("{name:<6} {int:>3} {long:>4} {pointer:>7}{mark}");
    }
    assert!(models.iter().any(|&(_, model)| model == here));
}
