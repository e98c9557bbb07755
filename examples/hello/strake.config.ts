import { WebService } from '@strake/components';
import { Application, defineConfig } from '@strake/core';

class Hello extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'nginxdemos/hello:0.4',
    ports: { http: 80 },
  });
}

export default defineConfig({
  project: 'hello',
  applications: { hello: Hello },
});
