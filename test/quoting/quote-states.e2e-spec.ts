import { openHere } from './here.js';
import './stories/approvals.js';
import './stories/content-and-versions.js';
import './stories/states.js';

openHere();
