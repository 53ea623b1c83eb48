import captions from '../../store/captions.json';

/** The page of the gallery that each picture shows. */
const SURFACES: Readonly<Record<string, string>> = {
  popup: 'index.html?state=story-popup',
  marquee: 'index.html?state=story-popup',
  panel: 'index.html?state=story-panel',
  tools: 'tools-gallery.html?state=story-tools',
  report: 'report-gallery.html?state=report-login',
};

const query = new URLSearchParams(location.search);
const lang = query.get('lang') === 'ko' ? 'ko' : 'en';
const picture = query.get('picture') ?? 'popup';
const texts: Readonly<Record<string, string>> = captions[lang];

function write(selector: string, text: string): void {
  const element = document.querySelector(selector);
  if (element) element.textContent = text;
}

document.documentElement.lang = lang;
document.body.dataset['picture'] = picture;
write('h1', picture === 'tile' ? '' : (texts[picture] ?? ''));
write('[data-text="tile"]', texts['tile'] ?? '');
write('.login', lang === 'ko' ? '카카오 로그인' : 'Log in with Kakao');
if (picture === 'report') write('.address', 'Linkwatch');

const frame = document.querySelector('iframe');
const surface = SURFACES[picture];
if (surface) frame?.setAttribute('src', `./${surface}&lang=${lang}`);
else frame?.remove();
