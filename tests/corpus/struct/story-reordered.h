struct { u32 b; u64 d; u16 c; u8 a; };
