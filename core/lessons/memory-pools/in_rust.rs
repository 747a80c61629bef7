use std::mem::size_of;

#[derive(Debug, PartialEq)]
enum Refused {
    Foreign,
    DoubleFree,
}

/// Blocks of one size in one buffer. A free block's first bytes hold the offset of the next free one.
struct Pool {
    bytes: Vec<u8>,
    block: usize,
    first: Option<usize>,
    used: Vec<bool>,
}

const LINK: usize = size_of::<usize>();
const END: usize = usize::MAX;

impl Pool {
    fn new(block: usize, count: usize) -> Self {
        assert!(block >= LINK, "a free block has to hold a link");
        let (bytes, used) = (vec![0; block * count], vec![true; count]);
        let mut pool = Pool { bytes, block, first: None, used };
        for index in (0..count).rev() {
            pool.give(index * block).expect("every block begins as a used one");
        }
        pool
    }

    fn take(&mut self) -> Option<usize> {
        let offset = self.first?;
        let link = &self.bytes[offset..offset + LINK];
        let next = usize::from_ne_bytes(link.try_into().expect("a link has the size of a usize"));
        self.first = (next != END).then_some(next);
        self.used[offset / self.block] = true;
        Some(offset)
    }

    fn give(&mut self, offset: usize) -> Result<(), Refused> {
        if offset >= self.bytes.len() || offset % self.block != 0 {
            return Err(Refused::Foreign);
        }
        let used = &mut self.used[offset / self.block];
        if !*used {
            return Err(Refused::DoubleFree);
        }
        *used = false;
        self.bytes[offset..offset + LINK].copy_from_slice(&self.first.unwrap_or(END).to_ne_bytes());
        self.first = Some(offset);
        Ok(())
    }

    fn payload(&mut self, offset: usize) -> &mut [u8] {
        &mut self.bytes[offset..offset + self.block]
    }
}

fn main() {
    let mut pool = Pool::new(16, 4);
    let taken: Vec<usize> = (0..4).filter_map(|_| pool.take()).collect();
    println!("taken: {taken:?}, the next: {:?}", pool.take());
    assert_eq!(taken, [0, 16, 32, 48]);
    assert_eq!(pool.take(), None);
    pool.payload(16).fill(7);

    pool.give(16).unwrap();
    pool.give(48).unwrap();
    assert_eq!((pool.take(), pool.take()), (Some(48), Some(16)));
    println!("the last one given back is the first one taken");

    assert_eq!(pool.give(1000), Err(Refused::Foreign));
    assert_eq!(pool.give(17), Err(Refused::Foreign));
    pool.give(32).unwrap();
    let again = pool.give(32);
    println!("refused: {again:?}");
    assert_eq!(again, Err(Refused::DoubleFree));
}
