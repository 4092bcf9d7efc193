#ifndef CSNFIL_CMALLOC_SHIM_H
#define CSNFIL_CMALLOC_SHIM_H

// malloc_trim, which Swift's Glibc module leaves out.
#include <malloc.h>

#endif
