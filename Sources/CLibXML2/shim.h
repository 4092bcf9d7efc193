#ifndef CSNFIL_CLIBXML2_SHIM_H
#define CSNFIL_CLIBXML2_SHIM_H

// Debian builds libxml2 with ICU, and its headers then include ICU's, which clash with those inside Foundation
// in a clean debug build. Nothing here uses ICU's part of libxml2, so it is switched off before the rest is read.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#endif
