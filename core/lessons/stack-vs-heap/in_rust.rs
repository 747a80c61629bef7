use std::mem::{self, size_of};

struct Point {
    x: i32,
    y: i32,
}

fn area(width: i32, height: i32) -> i32 {
    width * height // the parameters are gone with the frame; the result is copied out
}

fn make_point() -> Box<Point> {
    let local = Point { x: 1, y: 2 };
    let mut point = Box::new(local);
    point.x = 3;
    point
}

fn main() {
    let size = area(3, 4);
    let outlives = make_point();
    println!("area {size}, a point ({}, {}) that outlives its function", outlives.x, outlives.y);
    assert_eq!((size, outlives.x), (12, 3));
    assert_eq!(size_of::<Box<Point>>(), size_of::<usize>());

    let mut numbers: Vec<i32> = Vec::new();
    assert_eq!(size_of::<Vec<i32>>(), 3 * size_of::<usize>());
    assert_eq!(numbers.capacity(), 0); // an empty vector has taken nothing from the heap
    let mut buffers = 0;
    for i in 0..5 {
        let room = numbers.capacity();
        numbers.push(i * i);
        buffers += u32::from(numbers.capacity() != room);
        println!("{} of {}", numbers.len(), numbers.capacity());
    }
    println!("{buffers} buffers");
    assert!(buffers >= 1 && numbers.capacity() >= 5);

    // Moving copies the three words. The compiler forbids `numbers` from here on, unless something is put back.
    let buffer = numbers.as_ptr();
    let taken = mem::take(&mut numbers);
    println!("moved: {} numbers, {} are left behind", taken.len(), numbers.len());
    assert_eq!(taken.as_ptr(), buffer);
    assert_eq!(taken, [0, 1, 4, 9, 16]);
    drop(taken); // what the end of its block would do

    numbers.reserve(3);
    let reserved = numbers.as_ptr();
    numbers.extend([7, 8, 9]);
    println!("reserved first: {numbers:?}, nothing moved");
    assert_eq!(numbers.as_ptr(), reserved);
}
