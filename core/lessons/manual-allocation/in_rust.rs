use std::alloc::{alloc, dealloc, handle_alloc_error, Layout};
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

static ENDED: AtomicU32 = AtomicU32::new(0);

struct Sample {
    id: u32,
    value: f64,
}

impl Drop for Sample {
    fn drop(&mut self) {
        println!("sample {} ends", self.id);
        ENDED.fetch_add(1, Ordering::Relaxed);
    }
}

fn main() {
    let one = Layout::new::<Sample>();
    let (both, offset) = one.extend(one).expect("two samples are small");
    println!("two samples: {both:?}, the second at {offset}");
    assert_eq!(offset, one.size());
    assert_eq!(both, Layout::array::<Sample>(2).unwrap());

    // SAFETY: the layout's size is not zero.
    let raw = unsafe { alloc(both) };
    if raw.is_null() {
        handle_alloc_error(both);
    }
    let first = raw.cast::<Sample>();
    // SAFETY: offset lies inside the block, at a multiple of the alignment of Sample. `write` begins a value without
    // ending one that was there before; `=` would drop whatever those bytes held. Then both may be read.
    unsafe {
        let second = raw.add(offset).cast::<Sample>();
        first.write(Sample { id: 1, value: 0.5 });
        second.write(Sample { id: 2, value: 1.5 });
        (*first).value += (*second).value;
        println!("value {:.1}", (*first).value);
        assert_eq!((*first).value, 2.0);

        ptr::drop_in_place(second);
        ptr::drop_in_place(first);
    }
    assert_eq!(ENDED.load(Ordering::Relaxed), 2);
    // SAFETY: the same pointer and the same layout as with alloc, and no value lives there any more.
    unsafe { dealloc(raw, both) };

    let line = Layout::from_size_align(64, 64).expect("64 is a power of two");
    // SAFETY: the size is not zero; null is not read, and dealloc gets what alloc gave.
    unsafe {
        let block = alloc(line);
        if block.is_null() {
            handle_alloc_error(line);
        }
        assert_eq!(block as usize % 64, 0);
        dealloc(block, line);
    }
    println!("a multiple of 64");

    let refused = Layout::array::<Sample>(usize::MAX);
    println!("too many: {}", refused.as_ref().unwrap_err());
    assert!(refused.is_err() && Layout::from_size_align(64, 48).is_err());
}
