#!/usr/bin/env node
import "./authz.cjs";
