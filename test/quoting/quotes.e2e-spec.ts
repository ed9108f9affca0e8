import { openHere } from './here.js';
import './stories/quote-lines.js';
import './stories/quote-lists.js';
import './stories/quotes.js';

openHere();
