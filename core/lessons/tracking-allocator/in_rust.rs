use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const CLASSES: usize = 12; // up to 1 byte, 2, 4, 8 … and whatever is larger

struct Tracking {
    allocations: AtomicUsize,
    releases: AtomicUsize,
    live_bytes: AtomicUsize,
    high_water: AtomicUsize,
    histogram: [AtomicUsize; CLASSES],
}

// SAFETY: every call goes to System, which keeps the promises. Counting allocates nothing and cannot panic.
// `realloc` and `alloc_zeroed` come with the trait, made of these two, and so are counted as well.
unsafe impl GlobalAlloc for Tracking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: our caller promises what System asks for: a size that is not zero.
        let block = unsafe { System.alloc(layout) };
        if !block.is_null() {
            let class = layout.size().next_power_of_two().trailing_zeros() as usize;
            self.histogram[class.min(CLASSES - 1)].fetch_add(1, Relaxed);
            self.allocations.fetch_add(1, Relaxed);
            let live = self.live_bytes.fetch_add(layout.size(), Relaxed) + layout.size();
            self.high_water.fetch_max(live, Relaxed);
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.releases.fetch_add(1, Relaxed);
        self.live_bytes.fetch_sub(layout.size(), Relaxed);
        // SAFETY: our caller promises that `block` came from `alloc` with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static TRACKING: Tracking = Tracking {
    allocations: AtomicUsize::new(0),
    releases: AtomicUsize::new(0),
    live_bytes: AtomicUsize::new(0),
    high_water: AtomicUsize::new(0),
    histogram: [const { AtomicUsize::new(0) }; CLASSES],
};

/// What `work` adds to each count: (allocations, releases, live bytes). The runtime allocates too, before `main` and
/// when it prints, so only differences say something; `work` prints nothing.
fn measured<R>(work: impl FnOnce() -> R) -> (R, [isize; 3]) {
    let counts = || [&TRACKING.allocations, &TRACKING.releases, &TRACKING.live_bytes].map(|count| count.load(Relaxed));
    let before = counts();
    let result = work();
    let after = counts();
    (result, std::array::from_fn(|i| after[i].wrapping_sub(before[i]) as isize))
}

fn main() {
    // black_box keeps the optimiser from leaving out an allocation that nobody looks at, which it may.
    let (numbers, added) = measured(|| black_box(Vec::<u64>::with_capacity(100)));
    println!("a vector for 100 numbers: {added:?}");
    assert_eq!(added, [1, 0, 800]);
    assert!(TRACKING.high_water.load(Relaxed) >= 800);
    assert!(TRACKING.histogram[10].load(Relaxed) >= 1); // 513 to 1024 bytes
    let ((), added) = measured(|| drop(numbers));
    assert_eq!(added, [0, 1, -800]);

    // Leaking is safe in Rust: nothing dangles. The count is what finds it.
    let (lost, added) = measured(|| Box::leak(black_box(Box::new([0_u8; 48]))));
    println!("a leak: {added:?}");
    assert_eq!(added, [1, 0, 48]);
    // SAFETY: `lost` came from a Box and is not used again.
    let ((), added) = measured(|| drop(unsafe { Box::from_raw(lost) }));
    assert_eq!(added, [0, 1, -48]);
    println!("found and given back: {added:?}");
}
