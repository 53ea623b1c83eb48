import type { PlainNameIn } from '../i18n/message.ts';

interface GlossaryWord {
  /** What it means stands under `guidance.glossary.<name>`. */
  name: PlainNameIn<'guidance.glossary'>;
  en: string;
  ko: string;
}

/** Words of the interface, in both languages. */
export const GLOSSARY: readonly GlossaryWord[] = [
  { name: 'first_login', en: 'first login', ko: '최초 로그인' },
  { name: 'qualifying_call', en: 'qualifying call', ko: '인정되는 호출' },
  { name: 'window', en: 'window', ko: '완료 기간' },
  { name: 'deadline', en: 'deadline', ko: '기한' },
  { name: 'verdict', en: 'verdict', ko: '판정' },
  { name: 'visibility', en: 'visibility', ko: '관찰 범위' },
  { name: 'link_mode', en: 'link mode', ko: '연결 방식' },
  { name: 'observation', en: 'observation', ko: '관찰 기록' },
  { name: 'finding', en: 'finding', ko: '진단' },
  { name: 'session', en: 'session', ko: '세션' },
  { name: 'unlink', en: 'unlink', ko: '연결 해제' },
  { name: 'webhook', en: 'unlink webhook', ko: '연결 해제 웹훅' },
  { name: 'fixed_user_id', en: 'Fixed User ID', ko: '사용자 아이디 고정' },
  { name: 'pending', en: 'pending', ko: '완료 대기' },
  { name: 'complete', en: 'complete', ko: '완료' },
  { name: 'late', en: 'late', ko: '기한 후 완료' },
  { name: 'missed', en: 'not completed in time', ko: '기한 내 미완료' },
  { name: 'unseen', en: 'could not be seen', ko: '확인할 수 없음' },
  { name: 'unlinked', en: 'unlinked', ko: '연결 해제됨' },
  { name: 'not_applicable', en: 'not applicable', ko: '대상 아님' },
];
