"""The few words that printed documents add to a text, in the six official languages."""

from dataclasses import dataclass
from typing import Final

from app.rules.amendments import ChangeKind
from app.rules.consensus import Status
from app.rules.positions import Stance
from app.text.languages import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What a document says in one language. `{label}`, `{since}`, `{group}` are filled in."""

    compilation: str
    changes: str
    changes_since: str
    entry: str
    added: str
    deleted: str
    in_brackets: str
    moved_to: str
    moved_from: str
    beside: str
    proposals: str
    conflicts: str
    notes: str
    back: str
    does: dict[ChangeKind, str]
    board: str
    paragraph: str
    status: str
    open: str
    in_all: str
    through: str
    lapsed: str
    not_needed: str
    stances: dict[Stance, str]
    statuses: dict[Status, str]


def words_in(language: str) -> Words:
    """The words in a language by its code (`fr`, `fr-CA`); in English where it is not an official one."""
    primary = language.strip().lower().replace("_", "-").partition("-")[0]
    return _WORDS.get(primary, _WORDS[Language.ENGLISH])


def _does(
    replace: str, insert: str, delete: str, move: str, split: str, merge: str, other: str
) -> dict[ChangeKind, str]:
    return {
        ChangeKind.REPLACE: replace,
        ChangeKind.INSERT: insert,
        ChangeKind.DELETE: delete,
        ChangeKind.MOVE: move,
        ChangeKind.SPLIT: split,
        ChangeKind.MERGE: merge,
        ChangeKind.ALTERNATIVE: other,
    }


def _stances(*names: str) -> dict[Stance, str]:
    return dict(zip(Stance, names, strict=True))


def _statuses(*names: str) -> dict[Status, str]:
    return dict(zip(Status, names, strict=True))


_ENGLISH: Final = Words(
    compilation="Compilation of proposals",
    changes="Changes",
    changes_since="Changes since {since}",
    entry="record entry {seq}",
    added="added",
    deleted="deleted",
    in_brackets="in brackets, who proposes it",
    moved_to="moved to {label}",
    moved_from="moved from {label}",
    beside="see also {names}",
    proposals="Proposals",
    conflicts="written on earlier words, no longer fits the text",
    notes="Notes",
    back="Back to the text",
    does=_does(
        "amends {label}",
        "adds a paragraph after {label}",
        "deletes {label}",
        "moves {label}",
        "splits {label}",
        "merges {label} with others",
        "an alternative to {label}",
    ),
    board="Positions by paragraph and delegation",
    paragraph="Paragraph",
    status="Status",
    open="Open",
    in_all="In all",
    through="dotted: through a group",
    lapsed="in parentheses: said on earlier words, lapsed",
    not_needed="code in italics: its agreement is not needed",
    stances=_stances("supports", "can live with it", "reserves", "objects"),
    statuses=_statuses("removed", "agreed", "bracketed", "under silence", "ad ref", "reserved", "emerging", "open"),
)

_FRENCH: Final = Words(
    compilation="Compilation des propositions",
    changes="Modifications",
    changes_since="Modifications depuis {since}",
    entry="l’entrée {seq} du registre",
    added="ajouté",
    deleted="supprimé",
    in_brackets="entre crochets, qui le propose",
    moved_to="déplacé vers {label}",
    moved_from="déplacé depuis {label}",
    beside="voir aussi {names}",
    proposals="Propositions",
    conflicts="rédigée sur un texte antérieur, ne s’applique plus au texte",
    notes="Notes",
    back="Retour au texte",
    does=_does(
        "modifie {label}",
        "ajoute un paragraphe après {label}",
        "supprime {label}",
        "déplace {label}",
        "divise {label}",
        "réunit {label} à d’autres",
        "variante de {label}",
    ),
    board="Positions par paragraphe et par délégation",
    paragraph="Paragraphe",
    status="État",
    open="En cours",
    in_all="Au total",
    through="en pointillé : par l’intermédiaire d’un groupe",
    lapsed="entre parenthèses : portait sur un texte antérieur, caduc",
    not_needed="sigle en italique : son accord n’est pas requis",
    stances=_stances("appuie", "peut l’accepter", "réserve sa position", "s’oppose"),
    statuses=_statuses(
        "supprimé",
        "approuvé",
        "entre crochets",
        "sous silence",
        "ad referendum",
        "réservé",
        "consensus proche",
        "ouvert",
    ),
)

_SPANISH: Final = Words(
    compilation="Compilación de propuestas",
    changes="Cambios",
    changes_since="Cambios desde {since}",
    entry="el asiento {seq} del registro",
    added="añadido",
    deleted="suprimido",
    in_brackets="entre corchetes, quién lo propone",
    moved_to="trasladado a {label}",
    moved_from="trasladado desde {label}",
    beside="véase también {names}",
    proposals="Propuestas",
    conflicts="redactada sobre un texto anterior, ya no se ajusta al texto",
    notes="Notas",
    back="Volver al texto",
    does=_does(
        "modifica {label}",
        "añade un párrafo después de {label}",
        "suprime {label}",
        "traslada {label}",
        "divide {label}",
        "une {label} con otros",
        "alternativa a {label}",
    ),
    board="Posiciones por párrafo y delegación",
    paragraph="Párrafo",
    status="Estado",
    open="Abiertas",
    in_all="En total",
    through="punteado: por medio de un grupo",
    lapsed="entre paréntesis: sobre un texto anterior, caducada",
    not_needed="código en cursiva: no se requiere su acuerdo",
    stances=_stances("apoya", "puede aceptarlo", "reserva su posición", "se opone"),
    statuses=_statuses(
        "suprimido",
        "acordado",
        "entre corchetes",
        "en silencio",
        "ad referéndum",
        "reservado",
        "casi acordado",
        "abierto",
    ),
)

_RUSSIAN: Final = Words(
    compilation="Сводный текст предложений",
    changes="Изменения",
    changes_since="Изменения по сравнению с: {since}",
    entry="запись {seq} в протоколе",
    added="добавлено",
    deleted="исключено",
    in_brackets="в квадратных скобках — кто предлагает",
    moved_to="перенесено в {label}",
    moved_from="перенесено из {label}",
    beside="см. также {names}",
    proposals="Предложения",
    conflicts="составлено по прежнему тексту, более к нему не подходит",
    notes="Примечания",
    back="Вернуться к тексту",
    does=_does(
        "изменяет {label}",
        "добавляет пункт после {label}",
        "исключает {label}",
        "переносит {label}",
        "разделяет {label}",
        "объединяет {label} с другими",
        "вариант {label}",
    ),
    board="Позиции по пунктам и делегациям",
    paragraph="Пункт",
    status="Статус",
    open="Открыто",
    in_all="Всего",
    through="пунктиром: через группу",
    lapsed="в скобках: о прежнем тексте, утратило силу",
    not_needed="код курсивом: согласие не требуется",
    stances=_stances("поддерживает", "может согласиться", "резервирует позицию", "возражает"),
    statuses=_statuses(
        "исключён",
        "согласован",
        "в скобках",
        "процедура молчания",
        "ad referendum",
        "зарезервирован",
        "близок к согласию",
        "открыт",
    ),
)

_ARABIC: Final = Words(
    compilation="تجميع المقترحات",
    changes="التغييرات",
    changes_since="التغييرات منذ {since}",
    entry="القيد {seq} في السجل",
    added="مضاف",
    deleted="محذوف",
    in_brackets="بين قوسين معقوفين، الجهة المقترِحة",
    moved_to="نُقل إلى {label}",
    moved_from="نُقل من {label}",
    beside="انظر أيضا {names}",
    proposals="المقترحات",
    conflicts="صيغ على نص سابق ولم يعد يلائم النص",
    notes="الحواشي",
    back="العودة إلى النص",
    does=_does(
        "يعدّل {label}",
        "يضيف فقرة بعد {label}",
        "يحذف {label}",
        "ينقل {label}",
        "يقسّم {label}",
        "يدمج {label} مع فقرات أخرى",
        "بديل عن {label}",
    ),
    board="المواقف حسب الفقرة والوفد",
    paragraph="الفقرة",
    status="الحالة",
    open="مفتوحة",
    in_all="المجموع",
    through="منقّط: عن طريق مجموعة",
    lapsed="بين قوسين: بشأن نص سابق، سقط",
    not_needed="رمز تحته خط: موافقته غير لازمة",
    stances=_stances("يؤيد", "يمكنه القبول", "يتحفظ", "يعترض"),
    statuses=_statuses(
        "محذوفة",
        "متفق عليها",
        "بين قوسين",
        "قيد إجراء الصمت",
        "رهن المشاورة",
        "متحفظ عليها",
        "شبه متفق عليها",
        "مفتوحة",
    ),
)

_CHINESE: Final = Words(
    compilation="提案汇编",
    changes="改动",
    changes_since="自{since}以来的改动",
    entry="记录第{seq}条",
    added="新增",
    deleted="删除",
    in_brackets="方括号内为提案方",
    moved_to="移至{label}",
    moved_from="移自{label}",
    beside="另见{names}",
    proposals="提案",
    conflicts="依据先前案文提出，已不适合现案文",
    notes="注",
    back="返回正文",
    does=_does(
        "修正{label}",
        "在{label}之后增加一段",
        "删除{label}",
        "移动{label}",
        "拆分{label}",
        "将{label}与其他段落合并",
        "{label}的备选案文",
    ),
    board="各代表团对各段的立场",
    paragraph="段落",
    status="状态",
    open="未决",
    in_all="合计",
    through="虚线：通过集团表示",
    lapsed="圆括号：针对先前案文，已失效",
    not_needed="代码加下划线：无需其同意",
    stances=_stances("支持", "可以接受", "保留立场", "反对"),
    statuses=_statuses("已删", "已商定", "加括号", "默认程序中", "待请示", "有保留", "接近一致", "未决"),
)

_WORDS: Final[dict[str, Words]] = {
    Language.ENGLISH: _ENGLISH,
    Language.FRENCH: _FRENCH,
    Language.SPANISH: _SPANISH,
    Language.RUSSIAN: _RUSSIAN,
    Language.ARABIC: _ARABIC,
    Language.CHINESE: _CHINESE,
}
