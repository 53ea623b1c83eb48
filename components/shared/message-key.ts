export { messageKey, type Message, type MessageKey as Key } from '../../utils/i18n/message.ts';
