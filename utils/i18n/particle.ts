import { josa } from 'es-hangul';

/** A Korean particle in the form it has after a consonant and the one after a vowel. */
type Particle = Parameters<typeof josa.pick>[1];

/** How a particle is written where nobody can know how the word before it ends. */
const WRITTEN_OUT: Record<Particle, string> = {
  '이/가': '이(가)',
  '을/를': '을(를)',
  '은/는': '은(는)',
  '와/과': '와(과)',
  '으로/로': '(으)로',
  '으로서/로서': '(으)로서',
  '으로써/로써': '(으)로써',
  '으로부터/로부터': '(으)로부터',
  '이나/나': '(이)나',
  '이란/란': '(이)란',
  '이랑/랑': '(이)랑',
  '이라/라': '(이)라',
  '아/야': '아(야)',
  '이에요/예요': '이에요(예요)',
};

/** Digits as they are read aloud. Longer numbers end in 십, 백, 천 or 만 instead of 영: consonants as well. */
const DIGITS = [...'영일이삼사오육칠팔구'];

/** Marks around a word that are not read aloud. */
const SILENT_END = /[\s"'`“”‘’()[\]{}<>«»「」『』.,:;!?…]+$/u;

/** Puts a particle behind a word, in the form that the word's last sound asks for; what names none stays as it is. */
export function addParticle(word: string, named: string): string {
  return word + (isParticle(named) ? particleAfter(word, named) : `(${named})`);
}

/** Whether a text names a particle by its two forms, such as `이/가`. */
export function isParticle(text: string): text is Particle {
  return Object.hasOwn(WRITTEN_OUT, text);
}

/**
 * The form of a particle after a word: by its last sound where that is certain (Hangul, digits), else both forms, as in
 * `code이(가)`. Quotes, brackets and punctuation at the word's end are passed over.
 */
export function particleAfter(word: string, particle: Particle): string {
  const last = word.replace(SILENT_END, '').at(-1) ?? '';
  const sound = /^[0-9]$/.test(last) ? DIGITS[Number(last)] : last;
  return sound && /^[가-힣]$/.test(sound) ? josa.pick(sound, particle) : WRITTEN_OUT[particle];
}
