use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Arc;
use std::thread;

#[derive(Default)]
struct Node {
    next: RefCell<Option<Rc<Node>>>,
    back: RefCell<Weak<Node>>,
}

fn main() {
    let owner = Box::new(7);
    let mover = owner; // from here on the compiler refuses `owner`
    assert_eq!(*mover, 7);

    let shared = Rc::new("plain count");
    let other = Rc::clone(&shared);
    println!("Rc: {shared}, {} owners", Rc::strong_count(&shared));
    assert_eq!(Rc::strong_count(&shared), 2);
    drop(other);
    let watcher = Rc::downgrade(&shared);
    assert_eq!((Rc::strong_count(&shared), Rc::weak_count(&shared)), (1, 1));
    assert!(watcher.upgrade().is_some());
    drop(shared);
    println!("Weak: {:?} when the last owner is gone", watcher.upgrade());
    assert!(watcher.upgrade().is_none());

    // Sending an Rc to a thread does not compile; an Arc counts atomically.
    let total = Arc::new(AtomicU32::new(0));
    let workers: Vec<_> = (1..=4)
        .map(|number| {
            let total = Arc::clone(&total);
            thread::spawn(move || total.fetch_add(number, Ordering::Relaxed))
        })
        .collect();
    for worker in workers {
        worker.join().expect("no worker panics");
    }
    println!("Arc: four threads added up to {}", total.load(Ordering::Relaxed));
    assert_eq!(total.load(Ordering::Relaxed), 10);
    assert_eq!(Arc::strong_count(&total), 1);

    let first = Rc::new(Node::default());
    let second = Rc::new(Node::default());
    first.next.replace(Some(Rc::clone(&second)));
    second.next.replace(Some(Rc::clone(&first)));
    let lost = Rc::downgrade(&first);
    drop((first, second));
    println!("a cycle nobody owns: {} owner is left", lost.strong_count());
    assert_eq!(lost.strong_count(), 1);
    let first = lost.upgrade().expect("it leaked, so it is still there");
    first.next.take(); // the cycle is opened by hand
    drop(first);
    assert_eq!(lost.strong_count(), 0);

    let first = Rc::new(Node::default());
    let second = Rc::new(Node::default());
    first.next.replace(Some(Rc::clone(&second)));
    second.back.replace(Rc::downgrade(&first));
    drop(first);
    println!("with a weak link back: the first is gone, {} owner of the second", Rc::strong_count(&second));
    assert_eq!(Rc::strong_count(&second), 1);
    assert!(second.back.borrow().upgrade().is_none());
}
