// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"

size_t utf8_decode(const unsigned char *bytes, size_t size, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t length = bytes[0] < 0x80	   ? 1
			: bytes[0] < 0xc2  ? 0
			: bytes[0] < 0xe0  ? 2
			: bytes[0] < 0xf0  ? 3
			: bytes[0] <= 0xf4 ? 4
					   : 0;

	if (length == 0 || length > size)
		return 0;
	*code = length == 1 ? bytes[0] : bytes[0] & (0x7fU >> length);
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (bytes[i] & 0x3f);
	}
	if (*code < least[length] || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return length;
}
