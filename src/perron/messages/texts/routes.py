"""What the conditions of the routes say: one sentence a condition."""

TEXTS: dict[str, str | tuple[str, str, str]] = {
    "rule.ltr_eu.years": "Five years of legal stay without interruption, just before the application: time as "
    "a student counts half; an asylum procedure that ended in protection counts half, or "
    "in full when it was long; time on solely temporary grounds or as a diplomat does not "
    "count; whether temporary protection counts is disputed. Legal time that does not count is left out and does "
    "not break the five years; a day without any title does (as read here). Other terms for holders of a Blue Card "
    "are not modelled here",
    "rule.ltr_eu.absence_longest": "Every absence in these years was shorter than six months (so "
    "the Directive; help-desks write: not longer than six)",
    "rule.ltr_eu.absence_total": "All absences in these years together are at most ten months, "
    "counted here as thirty days to a month",
    "rule.ltr_eu.scope": "The present title is one with which this status may be asked: not "
    "temporary protection, asylum or a pending request for either, study, the search year, a short stay, "
    "a stay on solely temporary grounds or as a diplomat",
    "rule.ltr_eu.means": "The income reaches the amount for the person and each dependant",
    "rule.ltr_eu.stable": "The income is stable and regular",
    "rule.ltr_eu.no_assistance": "The person lives without social assistance, also beside other income",
    "rule.ltr_eu.insured": "The person has health insurance that covers Belgium",
    "rule.ltr_eu.public_order": "No authority found that the person is a danger to public order",
    "rule.unlimited_stay.routes": "Five years on one of the titles that lead to unlimited stay (as the law is now, "
    "temporary protection is none of them)",
    "rule.unlimited_stay.refugee": "Five years since the asylum application, now recognised as a refugee",
    "rule.unlimited_stay.subsidiary": "Five years since the asylum application, now with subsidiary protection",
    "rule.unlimited_stay.medical": "Five years since the medical application (9ter), now with that title",
    "rule.unlimited_stay.family": "Five years with a card as a family member, from the first card (for family of an EU "
    "citizen or a Belgian what follows is the permanent stay of the F+ card); that the conditions of the family "
    "reunification are still met is not asked here",
    "rule.unlimited_stay.family_filed": "Five years since the family application filed in Belgium, now with a card "
    "as a family member of a person from outside the EU (for family of an EU citizen or a Belgian the first card "
    "counts, wherever the application was filed)",
    "rule.unlimited_stay.single_permit": "Five years on a single permit, from the first card",
    "rule.unlimited_stay.blue_card": "Five years on a Blue Card, from the first card",
    "rule.unlimited_stay.stateless": "Five years with a card as a stateless person",
    "rule.unlimited_stay.protected": "Five years of temporary protection, where the law counts them",
    "rule.unlimited_stay.limited": "Five years of limited stay, where the law counts them",
    "rule.unlimited_stay.granted": "Stay as an unaccompanied minor or as a victim of human trafficking: the authority "
    "may grant unlimited stay, whatever the years",
    "rule.unlimited_stay.practice": "Five years since the first card of a limited stay (a card of temporary protection "
    "does not count): the Immigration Office decides",
    "rule.unlimited_stay.public_order": "No authority found that the person is a danger to public order",
    "rule.single_permit.offer": "There is a job offer",
    "rule.single_permit.wage": "The gross wage reaches the lowest wage that the Region sets for this kind of work on "
    "that day (a wage a month and an amount a year are not "
    "turned into one another)",
    "rule.single_permit.market": "The labour market test found no candidate, or is not needed",
    "rule.single_permit.passport": "The passport is valid until the contract ends (for a contract without an end date "
    "no rule was found: not known)",
    "rule.single_permit.record": "For an adult, the criminal record extract of the country of origin shows no "
    "convictions",
    "rule.single_permit.health": "The person has the medical certificate that the file asks for",
    "rule.single_permit.insured": "The person has health insurance that covers Belgium",
    "rule.uam_durable_solution.minor": "Younger than 18 (what becomes of a running request or of a card on the "
    "eighteenth birthday is not modelled: no rule was found)",
    "rule.uam_durable_solution.alone": "In Belgium without a parent or another legal guardian (the guardian whom the "
    "Guardianship Service assigns is not meant here); other relatives do not change that",
    "rule.uam_durable_solution.guardian": "The Guardianship Service has assigned a guardian in Belgium",
    "rule.uam_durable_solution.no_other": "No other residence procedure is running (it is not "
    "known whether temporary protection counts as one: having it does not close this route here)",
    "rule.humanitarian_9bis.exceptional": "There are exceptional circumstances why the application cannot be made from "
    "the country of origin",
    "rule.humanitarian_9bis.identity": "There is an identity document: a passport, also an expired one, an identity "
    "card or another official document with a photo (exceptions, for those who cannot get one and for those "
    "whose asylum case is not finally decided, are not modelled here)",
    "rule.humanitarian_9bis.address": "There is an address in Belgium where the person really lives",
    "rule.humanitarian_9bis.fee": "An adult paid the fee before filing (that a recognised stateless person pays "
    "nothing is not modelled here)",
    "rule.voluntary_return.choice": "Return is a free choice after information",
    "rule.voluntary_return.child": "For a child alone, return was examined and agreed",
    "rule.tp_family.kind": "Husband or wife, minor child, or dependent relative of the family member",
    "rule.tp_family.sponsor": "The family member in Belgium has temporary protection",
    "rule.tp_family.identity": "There is an identity document",
    "rule.tp_family.together": "A dependent relative lived with the family member on 24 February 2022",
    "rule.tp_family.dependent": "A dependent relative depended on the family member on 24 February 2022",
    "rule.tp_family.lived_in_ukraine": "A dependent relative lived in Ukraine on 24 February 2022",
    "rule.tp_family.runs": "The scheme of temporary protection still runs",
    "rule.international_protection.fear": "There is fear of persecution or of serious harm on return",
    "rule.international_protection.no_exclusion": "There is no ground for exclusion",
    "rule.blue_card.offer": "There is a job offer",
    "rule.blue_card.qualified": "There is a higher diploma, or enough experience in ICT",
    "rule.blue_card.degree": "There is a diploma of higher education",
    "rule.blue_card.ict": "There is enough experience at a high level in ICT",
    "rule.blue_card.contract": "The contract runs long enough",
    "rule.blue_card.wage": "The wage reaches the amount for the Blue Card of its Region (a wage a month and an amount "
    "a year are not turned into one another)",
    "rule.blue_card.insured": "The person has health insurance that covers Belgium",
    "rule.self_employed.card": "The Region granted a professional card",
    "rule.self_employed.value": "The plan has economic value for the Region",
    "rule.self_employed.record": "The criminal record of the country of origin is clean",
    "rule.self_employed.means": "The income is sufficient",
    "rule.student.institution": "Enrolled at a recognised institution of higher education",
    "rule.student.full_time": "The studies are full-time",
    "rule.student.means": "The income reaches the amount for students of this school year",
    "rule.student.insured": "The person has health insurance that covers Belgium",
    "rule.student.health": "The person has the medical certificate that the file asks for",
    "rule.student.record": "For an adult, the criminal record extract of the country of origin shows no "
    "convictions",
    "rule.search_year.diploma": "There is a Belgian diploma of higher education",
    "rule.search_year.student": "The person had a residence title as a student",
    "rule.search_year.insured": "The person has health insurance that covers Belgium",
    "rule.family_tcn_unlimited.kind": "Husband, wife, partner, minor child, or adult child with a disability",
    "rule.family_tcn_unlimited.sponsor": "The family member has unlimited stay, settlement or EU long-term residence, "
    "or is a recognised refugee",
    "rule.family_tcn_unlimited.age": "Both partners have reached the age that the law asks",
    "rule.family_tcn_unlimited.means_or_refugee": "Income, home and health insurance are enough, or a recognised "
    "refugee brings an existing family in time",
    "rule.family_tcn_unlimited.refugee": "A recognised refugee brings family that existed before, within the term",
    "rule.family_tcn_unlimited.means": "The family member has enough income, the home is adequate, and there is a "
    "health insurance",
    "rule.family_tcn_unlimited.wait": "The family member has stayed in Belgium long enough",
    "rule.family_tcn_limited.sponsor": "The family member has a limited stay that allows to bring family",
    "rule.family_tcn_limited.kind": "Husband, wife, partner, minor child, or adult child with a disability",
    "rule.family_tcn_limited.wait": "With temporary or subsidiary protection, the family member has waited long enough",
    "rule.family_tcn_limited.existed": "With temporary or subsidiary protection, the family existed before the family "
    "member came",
    "rule.family_tcn_limited.age": "Both partners have reached the age that the law asks",
    "rule.family_tcn_limited.income": "The family member has enough income",
    "rule.family_tcn_limited.home": "The home is adequate",
    "rule.family_tcn_limited.insured": "The person has health insurance that covers Belgium",
    "rule.family_eu_be.sponsor": "The family member is a Belgian or another EU citizen",
    "rule.family_eu_be.kind": "Husband, wife, registered partner, child, dependent parent, or parent of a minor",
    "rule.family_eu_be.ascendant": "A dependent parent joins an EU citizen, or a Belgian who lived elsewhere in the "
    "European Union",
    "rule.family_eu_be.income": "A Belgian family member has enough income",
    "rule.family_eu_be.age": "With a Belgian partner, both have reached the age that the law asks",
    "rule.medical_9ter.illness": "There is an illness that threatens life or body",
    "rule.medical_9ter.treatment": "The treatment cannot be had in the country of origin",
    "rule.medical_9ter.certificate": "The standard medical certificate is recent enough",
    "rule.medical_9ter.identity": "There is an identity document",
    "rule.medical_9ter.address": "There is an address in Belgium where the person really lives",
    "rule.stateless.no_nationality": "Recognised as stateless, or no country sees the person as its citizen",
    "rule.stateless.unwillingly": "The nationality was lost against the person’s will",
    "rule.stateless.none_to_be_had": "No nationality can be had by asking for it",
    "rule.stateless.elsewhere": "There is no lasting right to live in another country",
    "rule.trafficking_victim.left": "The person left those who exploited them",
    "rule.trafficking_victim.centre": "A recognised centre accompanies the person",
    "rule.trafficking_victim.cooperates": "The person works together with the police or the court",
    "rule.settlement_k.unlimited": "There is already a right of unlimited stay",
    "rule.settlement_k.years": "Five years of regular stay without interruption",
    "rule.settlement_k.public_order": "No authority found that the person is a danger to public order",
    "rule.nationality.adult": "At least 18 years old",
    "rule.nationality.unlimited": "There is already a right of unlimited stay",
    "rule.nationality.registered": "Registered in a municipality for five years, without a removal",
    "rule.nationality.absence_longest": "No absence in these years was longer than six months",
    "rule.nationality.absence_total": "All absences together are at most one fifth of these years",
    "rule.nationality.years": "Five years of stay with work, or ten years of stay",
    "rule.nationality.five_years": "Five years of stay, and enough work in these years",
    "rule.nationality.ten_years": "Ten years of stay",
    "rule.nationality.language": "One of the national languages is proven at the level that is asked",
    "rule.nationality.integration": "Social integration is proven",
    "rule.nationality.no_serious_facts": "There are no serious facts against the person",
    "rule.naturalisation.unlimited": "There is already a right of unlimited stay",
    "rule.naturalisation.ground": "There is exceptional merit, or two years of stay as a recognised stateless person",
    "rule.naturalisation.merit": "There is exceptional merit",
    "rule.naturalisation.stateless": "Two years of stay as a recognised stateless person",
    "rule.tpd22_23.ended": "Temporary protection was given and is over",
    "rule.tpd22_23.rule": "A Belgian rule on staying after temporary protection is in force",
    "rule.tpd22_23.reason": "There is a human, medical or school reason not to go back yet",
    "rule.tpd22_23.compelling": "A pressing human reason makes return impossible",
    "rule.tpd22_23.health": "The state of health makes travelling impossible",
    "rule.tpd22_23.school": "A minor child finishes the school period that runs",
}
