"""What the marks of sources mean, and the short names that sources are cited by."""

MARKS = (
    "V: seen on a page of an authority, a court or a specialised help-desk",
    "P: seen in the press, at a law firm, an NGO or in an academic copy only",
    "M+, M, M-: from memory, more or less sure; check before you rely on it",
    "U: not known",
    "D: derived here",
)
SHORT = (
    "Act: Act of 15 December 1980 on aliens",
    "RD81: Royal Decree of 8 October 1981",
    "RD: Royal Decree",
    "BVR: decree of the Flemish Government",
    "TPD: Directive 2001/55/EC on temporary protection",
    "CID: Council Implementing Decision (EU) 2022/382",
    "CJEU: Court of Justice of the European Union",
    "TP-a to TP-m: the rows of the table of temporary protection",
    "DVZ/OE: Immigration Office (Dienst Vreemdelingenzaken, Office des étrangers)",
    "CGVS/CGRA: Commissioner General for Refugees and Stateless Persons",
    "CALL, RvV/CCE: Council for Alien Law Litigation (Raad voor Vreemdelingenbetwistingen, Conseil du contentieux)",
    "OCMW/CPAS: public centre for social welfare of a municipality",
    "9bis, 9ter: articles 9bis and 9ter of the Act",
    "vrr, agii, dofi, vvsg: vreemdelingenrecht.be, agii.be, dofi.ibz.be, vvsg.be",
    "AIDA: Asylum Information Database, asylumineurope.org",
    "belgium.md: the domain report on which the rules rest, by section; it is no part of this manual",
    "the note: what Caritas International, Orbit vzw and Vluchtelingenwerk Vlaanderen propose; it is no law",
    "scenario: what would follow if something that is only proposed were adopted",
)
