#!/usr/bin/env node
import 'reflect-metadata';
import { program } from './cli/index.js';

/** The commands for pipelines, operators and developers: `node dist/cli.js --help`. */
await program.parseAsync();
