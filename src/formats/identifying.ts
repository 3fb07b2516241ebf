import { formatIssue } from './formatIssue.ts';
import type { Issue } from './issue.ts';
import type { HeaderText } from './volume.ts';

/** Fields that hold a person's data whatever stands in them: names of keys, and DICOM's extension. */
const FIELDS =
	/^extension 2$|patient|(?:^|_)(?:mrn|dob)(?:$|_)|birth|medical.?record|physician|operator|accession|患者|病人|姓名/i;

/** What is written where a name was taken out. */
const TAKEN_OUT = /^(?:anon\w*|de-?identified|removed|redacted|unknown|none|null|n\/?a|no ?name|x+|0+|-+|匿名|无)?$/i;

/** What has `Name:` behind it and is no person. */
const THINGS = new Set(
	`protocol series sequence file station device scanner program software coil study model product image volume
	dataset host machine tract map atlas label structure contrast variable task subject_list`.split(/\s+/),
);

/**
 * Surnames that open most Chinese names. Source: the hundred most frequent of the Ministry of Public Security's report
 * of names, 2020, and two-character ones.
 */
const SURNAMES =
	'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常';
const HAN_NAME = new RegExp(
	`(?<!\\p{Script=Han})(?:[${SURNAMES}]|欧阳|上官|司马|诸葛|夏侯|皇甫)\\p{Script=Han}{1,2}(?!\\p{Script=Han})`,
	'u',
);
const PINYIN =
	'wang|li|zhang|liu|chen|yang|huang|zhao|wu|zhou|xu|sun|ma|zhu|hu|guo|he|lin|gao|luo|zheng|liang|xie|song|tang|han|deng|feng|cao|peng|zeng|xiao|tian|dong|pan|yuan|cai|jiang|yu|du|ye|cheng|wei|su|lyu|lv|ding|ren|lu|yao|shen|zhong|cui|tan|fan|liao|shi|jin|jia|xia|fu|fang|zou|xiong|bai|meng|qin|qiu|hou|yin|xue|yan|duan|lei|long|ouyang';
/** A syllable as names have it: initial, vowels, ending. */
const SYLLABLE = '(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?[aeiouv]{1,3}(?:ng?|r)?';
/** The same where nothing parts it from others: only vowels that Chinese has together, and an initial. */
const TIGHT_SYLLABLE =
	'(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)(?:ai|ao|a|ei|e|iao|ia|ie|iu|i|ou|o|uai|ua|ui|uo|u|ve|v)(?:ng?)?';

/** What stands before a year or among capitals and is no person: months, programs, makers, machines. */
const NO_NAMES = new Set(
	`january february march april may june july august september october november december jan feb mar apr jun jul aug sep
	sept oct nov dec version release build copyright template atlas brain mni icbm brats challenge tool toolbox toolkit
	software slicer freesurfer fsl spm afni ants itk matlab python siemens philips toshiba canon united general human lumen
	lumina`.split(/\s+/),
);
const RUN_OF_PINYIN = new RegExp(`^(?:${PINYIN})(?:${TIGHT_SYLLABLE}){1,2}$`);

/** Shapes of what tells who someone is, anywhere in a text. */
const SHAPES: readonly RegExp[] = [
	// DICOM's person name; `mm^2` is none.
	/\p{L}\p{L}\^\p{L}|\p{L}\^\p{L}\p{L}/u,
	/\b(?:patient|pat)(?:'?s)?[ _-]?(?:name|id|no|nr|number|birth\w{0,9}|dob|age|sex|address|phone|comments?)\b["']?\s{0,3}[:=]?\s{0,3}["']?(?!anon|de-?ident|removed|redacted|unknown|none\b|null\b|n\/?a\b|x+\b|0+\b)[\p{L}\p{N}]/iu,
	/(?<![\p{L}\p{N}_])patient['’]?s?\s{0,3}[:=]\s{0,3}["']?(?!anon|de-?ident|removed|redacted|unknown|none\b|null\b|n\/?a\b|x+\b|0+\b)[\p{L}\p{N}]/iu,
	/(?<![\p{L}\p{N}_]|\d )[Pp]t(?:\.|\.? ?[:=]) {0,3}["']?\p{Lu}\p{L}/u,
	/\b(?:first|last|family|given|full|maiden)[ _-]?name["']?\s{0,3}[:=]\s{0,3}["']?(?!anon|de-?ident|removed|redacted|unknown|none\b|null\b|n\/?a\b|x+\b|0+\b)[\p{L}\p{N}]/iu,
	/\b(?:mrn|m\.r\.n\.|medical record|accession|ssn|nhs number|dob|d\.o\.b\.|date of birth|birth ?date|born)\b/i,
	/hospital|\bclinic\b|klinik|krankenhaus|h[oô]pital|医院|卫生院|病案|病历|住院|门诊|患者|病人|姓名|身份证|出生|生日|家属|电话|住址/i,
	HAN_NAME,
	// GB 2312 read as Latin-1: two to four Han characters of two bytes each.
	/(?:[\xb0-\xf7][\xa1-\xfe]){2,}/,
	// Identity card, mobile phone, other long numbers: not behind a decimal point or within a hexadecimal one.
	/(?<![\d.A-Za-z])(?:\d{17}[\dXx]|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|\d{8,40})(?!\d|[\da-f]{0,40}[a-f]|\.\d)/,
	/(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/,
	// Unique identifiers of DICOM lead to the archive.
	/(?<![\d.])[012]\.\d{1,40}(?:\.\d{1,40}){4}/,
	/(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2}/i,
	/(?<![A-Za-z])[MF][ ,/]+0?\d{1,3} ?[Yy](?![A-Za-z])/,
];

/** Shapes of a text that is nothing else. */
const WHOLE: readonly RegExp[] = [
	// A number with letters before it at most, as registers give them.
	/^[A-Z]{0,3}[ -]?\d{6,}$/i,
	// A date alone is one of birth until shown otherwise.
	/^(?:19|20)\d\d[-/.年 ]\d{1,2}[-/.月 ]\d{1,2}日?$/,
	/^\p{Lu}[\p{L}'-]+, ?\p{Lu}[\p{L}'.-]+(?: \p{Lu}[\p{L}'.-]*)?$/u,
	new RegExp(`^(?:${PINYIN})[ _,-]+${SYLLABLE}(?:[ _'-]?${SYLLABLE})?$`, 'i'),
];

/**
 * The texts that may identify a person: shapes of names, numbers and dates of people, words such as "hospital", keys
 * such as PatientName. What programs and scanners write is let through. This finds what is likely, not everything: it only
 * makes the notice, and what is kept holds no text whatever is found. Empty for none.
 */
export function identifyingTexts(texts: readonly HeaderText[]): readonly HeaderText[] {
	return texts.filter(({ field, text }) => {
		if (FIELDS.test(field)) return !TAKEN_OUT.test(text.trim());
		return namesSomeone(text) || isName(text) || [...SHAPES, ...WHOLE].some((shape) => shape.test(text));
	});
}

/** The warning for texts that may identify a person: it names their fields and does not repeat them. None for none. */
export function identifyingWarnings(texts: readonly HeaderText[], path: string): Issue[] {
	const fields = [...new Set(identifyingTexts(texts).map(({ field }) => field))];
	return fields.length === 0 ? [] : [formatIssue('header.identifies', path, { fields: fields.join(', ') })];
}

/**
 * `Name: …` with something behind it: not a part of a longer key, not that of a protocol and the like, and not `$Name: …$`
 * of a version control.
 */
function namesSomeone(text: string): boolean {
	for (const [, before = '', value = ''] of text.matchAll(
		/(?:(?<![\p{L}_])(\p{L}{1,20})['’]?s?[ ]{1,3})?(?<![\p{L}\p{N}_$.-])name["']?\s{0,3}[:=]\s{0,3}["']?([^"';,|\s]*)/giu,
	))
		if (!THINGS.has(before.toLowerCase()) && !TAKEN_OUT.test(value)) return true;
	return false;
}

/** Nothing but a name: one with a year of birth behind it, or a Chinese one in capitals without a space. */
function isName(text: string): boolean {
	const [, words] = /^((?:\p{Lu}[\p{L}'.-]{1,40}[ ,_]{1,3}){2,3})\(?(?:19\d\d|20[0-2]\d)\)?$/u.exec(text) ?? [];
	if (words !== undefined) return !words.split(/[ ,_.]+/).some((word) => NO_NAMES.has(word.toLowerCase()));
	if (!/^[A-Z]{5,24}$/.test(text)) return false;
	const run = text.toLowerCase();
	return !NO_NAMES.has(run) && RUN_OF_PINYIN.test(run);
}
