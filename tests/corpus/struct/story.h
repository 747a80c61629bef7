struct { u8 a; u32 b; u16 c; u64 d; }
