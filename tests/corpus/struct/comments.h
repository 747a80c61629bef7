// Größe in Bytes: ½ KB
#pragma once
/* struct Not { int read; }; */
struct /* tag */ Tag // here
{
	char a; /**/ int b;
};
