#!/usr/bin/env node
import 'reflect-metadata';
import { program } from './cli/index.js';

/** The operators' and developers' commands: `node dist/cli.js --help`. */
await program.parseAsync();
