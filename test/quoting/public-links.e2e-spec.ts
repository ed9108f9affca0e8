import { openHere } from './here.js';
import './stories/link-attacks.js';
import './stories/links.js';

openHere({ RATE_LIMIT_FAILED_SIGN_INS: '100000' });
