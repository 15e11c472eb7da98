// Hive Gateway with a configuration, in its folder: node gateway.js PORT CONFIGURATION
import { createServer } from 'node:http';
import { dirname } from 'node:path';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

const [port, config] = process.argv.slice(2);
process.chdir(dirname(config));
const { gatewayConfig } = await import(config);
const gateway = createGatewayRuntime(gatewayConfig);
createServer(gateway).listen(Number(port), '127.0.0.1', () => console.log('the gateway is up'));
