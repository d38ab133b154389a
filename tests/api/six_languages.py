"""Part of the draft on the social and solidarity economy, as a room drafts it in English and as translators deliver
it."""

from typing import Final

AUTHENTIC: Final = """---
slug: sse
title: Promoting the social and solidarity economy for sustainable development
organ: General Assembly
language: en
---

*The General Assembly*,

PP1. *Guided* by its resolution 70/1 of 25 September 2015, with which it adopted the 2030 Agenda for Sustainable \
Development[^1] and resolved to leave no one behind,

PP2. *Recognizing* that the social and solidarity economy brings together cooperatives, mutual societies, \
associations, foundations and social enterprises,

## Measures

OP1. *Encourages* Member States to support the social and solidarity economy, taking into account national \
circumstances;

OP2. *Also encourages* Member States to consider, among other measures:

OP2(a). Legal frameworks that recognize its entities;

OP2(b). National satellite accounts and other statistics;

OP3. *Decides* to include in the provisional agenda of its seventy-ninth session the sub-item entitled “Promoting the \
social and solidarity economy for sustainable development”.

[^1]: Resolution 70/1.
"""

FRENCH: Final = """---
slug: sse
title: Promouvoir l’économie sociale et solidaire au service du développement durable
organ: Assemblée générale
language: fr
---

*L’Assemblée générale*,

PP1. Guidée par sa résolution 70/1 du 25 septembre 2015, par laquelle elle a adopté le Programme de développement \
durable à l’horizon 2030[^1] et résolu de ne laisser personne de côté,

PP2. Constatant que l’économie sociale et solidaire rassemble coopératives, mutuelles, associations, fondations et \
entreprises sociales,

## Mesures

OP1. Encourage les États Membres à soutenir l’économie sociale et solidaire, en tenant compte des circonstances \
nationales ;

OP2. Encourage également les États Membres à envisager, entre autres mesures :

OP2(a). Des cadres juridiques qui en reconnaissent les entités ;

OP2(b). Des comptes satellites nationaux et d’autres statistiques ;

OP3. Décide d’inscrire à l’ordre du jour provisoire de sa soixante-dix-neuvième session la question subsidiaire \
intitulée « Promouvoir l’économie sociale et solidaire au service du développement durable ».

[^1]: Résolution 70/1.
"""

SPANISH: Final = """---
slug: sse
title: Promover la economía social y solidaria para el desarrollo sostenible
organ: Asamblea General
language: es
---

*La Asamblea General*,

PP1. Guiada por su resolución 70/1, de 25 de septiembre de 2015, en la que aprobó la Agenda 2030 para el Desarrollo \
Sostenible[^1] y resolvió no dejar a nadie atrás,

PP2. Reconociendo que la economía social y solidaria reúne a cooperativas, mutualidades, asociaciones, fundaciones y \
empresas sociales,

## Medidas

OP1. Alienta a los Estados Miembros a que apoyen la economía social y solidaria, teniendo en cuenta las circunstancias \
nacionales;

OP2. Alienta también a los Estados Miembros a que consideren, entre otras medidas:

OP2(a). Marcos jurídicos que reconozcan sus entidades;

OP2(b). Cuentas satélite nacionales y otras estadísticas;

OP3. Decide incluir en el programa provisional de su septuagésimo noveno período de sesiones el subtema titulado \
“Promover la economía social y solidaria para el desarrollo sostenible”.

[^1]: Resolución 70/1.
"""

RUSSIAN: Final = """---
slug: sse
title: Поощрение социальной и солидарной экономики в интересах устойчивого развития
organ: Генеральная Ассамблея
language: ru
---

*Генеральная Ассамблея*,

PP1. руководствуясь своей резолюцией 70/1 от 25 сентября 2015 года, в которой она приняла Повестку дня в области \
устойчивого развития на период до 2030 года[^1] и постановила никого не оставить без внимания,

PP2. признавая, что социальная и солидарная экономика объединяет кооперативы, общества взаимопомощи, ассоциации, фонды \
и социальные предприятия,

## Меры

OP1. рекомендует государствам-членам поддерживать социальную и солидарную экономику с учётом национальных условий;

OP2. рекомендует также государствам-членам рассмотреть, в частности, следующие меры:

OP2(a). правовую основу, признающую её субъекты;

OP2(b). национальные вспомогательные счета и другие статистические данные;

OP3. постановляет включить в предварительную повестку дня своей семьдесят девятой сессии подпункт, озаглавленный \
«Поощрение социальной и солидарной экономики в интересах устойчивого развития».

[^1]: Резолюция 70/1.
"""

CHINESE: Final = """---
slug: sse
title: 促进社会和互助经济以实现可持续发展
organ: 大会
language: zh
---

*大会，*

PP1. 遵循其2015年9月25日第70/1号决议，其中通过了《2030年可持续发展议程》[^1]并决心不让任何一个人掉队，

PP2. 认识到社会和互助经济汇集了合作社、互助会、协会、基金会和社会企业，

## 措施

OP1. 鼓励会员国考虑到本国国情，支持社会和互助经济；

OP2. 又鼓励会员国除其他措施外考虑：

OP2(a). 承认其实体的法律框架；

OP2(b). 国家附属账户和其他统计数据；

OP3. 决定将题为“促进社会和互助经济以实现可持续发展”的分项目列入大会第七十九届会议临时议程。

[^1]: 第70/1号决议。
"""

ARABIC: Final = """---
slug: sse
title: تعزيز الاقتصاد الاجتماعي والتضامني من أجل التنمية المستدامة
organ: الجمعية العامة
language: ar
---

*إن الجمعية العامة،*

PP1. إذ تسترشد بقرارها 70/1 المؤرخ 25 أيلول/سبتمبر 2015، الذي اعتمدت فيه خطة التنمية المستدامة لعام 2030[^1] وعقدت \
العزم على ألا يتخلف أحد عن الركب،

PP2. وإذ تسلّم بأن الاقتصاد الاجتماعي والتضامني يجمع بين التعاونيات والجمعيات التعاضدية والرابطات والمؤسسات الخيرية \
والمؤسسات الاجتماعية،

## التدابير

OP1. تشجّع الدول الأعضاء على دعم الاقتصاد الاجتماعي والتضامني، مع مراعاة الظروف الوطنية؛

OP2. تشجّع أيضًا الدول الأعضاء على النظر في تدابير منها ما يلي:

OP2(a). أُطُر قانونية تعترف بكياناته؛

OP2(b). حسابات فرعية وطنية وإحصاءات أخرى؛

OP3. تقرّر أن تدرج في جدول الأعمال المؤقت لدورتها التاسعة والسبعين البند الفرعي المعنون ”تعزيز الاقتصاد الاجتماعي \
والتضامني من أجل التنمية المستدامة“.

[^1]: القرار 70/1.
"""

DELIVERED: Final = {"ar": ARABIC, "es": SPANISH, "fr": FRENCH, "ru": RUSSIAN, "zh": CHINESE}
