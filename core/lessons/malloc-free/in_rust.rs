use std::ffi::{c_char, c_void, CStr};
use std::mem::size_of;
use std::ptr::{self, NonNull};

extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn calloc(count: usize, size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn aligned_alloc(alignment: usize, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
}

/// The null check, made once: a `NonNull` has passed it.
fn checked<T>(block: *mut c_void) -> NonNull<T> {
    NonNull::new(block.cast()).expect("no memory")
}

fn main() {
    // SAFETY: any size may be asked for, and the answer is checked.
    let name: NonNull<c_char> = checked(unsafe { malloc(8) });
    // SAFETY: the block has eight bytes, and five are written.
    unsafe { ptr::copy_nonoverlapping(c"heap".as_ptr(), name.as_ptr(), 5) };

    // SAFETY: the block holds five bytes that end with a zero; nobody writes while they are read.
    let words = unsafe { CStr::from_ptr(name.as_ptr()) };
    assert_eq!(words.to_bytes(), b"heap");
    println!("malloc: {words:?} and its zero take {} of 8 bytes", words.to_bytes_with_nul().len());

    // SAFETY: as with malloc.
    let counts: NonNull<i32> = checked(unsafe { calloc(4, size_of::<i32>()) });
    // SAFETY: calloc has set every byte to zero, and 0 is a valid i32; nothing else refers to the block.
    let numbers = unsafe { std::slice::from_raw_parts_mut(counts.as_ptr(), 4) };
    numbers[1] = 7;
    assert_eq!(numbers, [0, 7, 0, 0]);
    println!("calloc: {numbers:?}");

    // SAFETY: `name` came from malloc and was not freed; from here on only `longer` is used.
    let longer: NonNull<c_char> = checked(unsafe { realloc(name.as_ptr().cast(), 24) });
    // SAFETY: the block has 24 bytes; five are written behind the first four, over the old zero.
    unsafe { ptr::copy_nonoverlapping(c"yard".as_ptr(), longer.as_ptr().add(4), 5) };
    // SAFETY: as before, with nine bytes.
    let words = unsafe { CStr::from_ptr(longer.as_ptr()) };
    assert_eq!(words.to_bytes(), b"heapyard");
    println!("realloc: {words:?}");

    // SAFETY: 64 is a power of two, and 128 a multiple of it.
    let line: NonNull<u8> = checked(unsafe { aligned_alloc(64, 128) });
    assert_eq!(line.as_ptr() as usize % 64, 0);
    println!("aligned_alloc: a multiple of 64");

    // SAFETY: asking for too much is allowed; nothing is done with the answer but to compare it.
    let all = unsafe { malloc(usize::MAX) };
    println!("no room: malloc says {all:?}");
    assert!(all.is_null());

    // SAFETY: each block came from these functions and goes back once; free of null does nothing.
    unsafe {
        free(line.as_ptr().cast());
        free(counts.as_ptr().cast());
        free(longer.as_ptr().cast());
        free(all);
    }
}
