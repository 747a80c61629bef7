use std::mem::size_of_val;
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};
use std::rc::Rc;
use std::slice;

/// One owner of one value on the heap: a Box, written by hand. It is no Copy and no Clone, so it can only move.
struct Owner<T> {
    object: NonNull<T>,
}

impl<T> Owner<T> {
    fn new(value: T) -> Self {
        Owner { object: NonNull::from(Box::leak(Box::new(value))) }
    }
}

impl<T> Deref for Owner<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the object lives as long as self, and whoever borrows self shared only reads it.
        unsafe { self.object.as_ref() }
    }
}

impl<T> DerefMut for Owner<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above; self is borrowed exclusively, and nobody else has the pointer.
        unsafe { self.object.as_mut() }
    }
}

impl<T> Drop for Owner<T> {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a Box, and drop runs once.
        drop(unsafe { Box::from_raw(self.object.as_ptr()) });
    }
}

fn main() {
    let mut numbers = [10_i16, 20, 30, 40];
    let first = numbers.as_mut_ptr();
    // Making an address outside is safe, reading through it is not: it has no right to what lies there.
    let _outside: *mut i16 = first.wrapping_add(100);
    // SAFETY: add(2) and add(4) stay within the array or one past its end, and only what is inside is read or written.
    let (apart, sum) = unsafe {
        let (third, end) = (first.add(2), first.add(4));
        let (mut each, mut sum) = (first, 0);
        while each != end {
            sum += i32::from(*each);
            each = each.add(1);
        }
        *third = 7;
        (third.offset_from(first), sum)
    };
    println!("{apart} objects apart, sum {sum}, and then numbers[2] is {}", numbers[2]);
    assert_eq!((apart, sum, numbers[2]), (2, 100, 7));

    let value = 1_u32;
    // SAFETY: a u32 has no padding, so each of its bytes has a value, and any value is a valid u8.
    let bytes = unsafe { slice::from_raw_parts(ptr::addr_of!(value).cast::<u8>(), size_of_val(&value)) };
    println!("the bytes of 1: {bytes:?}");
    assert_eq!(bytes, value.to_ne_bytes());

    let mut owner = Owner::new(5);
    *owner += 1;
    let taker = owner; // nothing is left behind that could be freed twice
    println!("moved: {}", *taker);
    assert_eq!(*taker, 6);

    let witness = Rc::new(());
    let owner = Owner::new(Rc::clone(&witness));
    assert_eq!(Rc::strong_count(&owner), 2);
    drop(owner);
    assert_eq!(Rc::strong_count(&witness), 1); // the value ended with its owner
}
