// Application developers: ten services and a Redis, and who calls whom.
import { WebService } from '@strake/components';
import { Application } from '@strake/core';
import { released } from './images.ts';

export class OnlineBoutique extends Application {
  readonly ads = new WebService(this, 'adservice', {
    image: released('adservice'),
    ports: { grpc: { port: 9555, env: 'PORT' } },
  });

  readonly currency = new WebService(this, 'currencyservice', {
    image: released('currencyservice'),
    ports: { grpc: { port: 7000, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  });

  readonly email = new WebService(this, 'emailservice', {
    image: released('emailservice'),
    ports: { grpc: { port: 5000, containerPort: 8080, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  });

  readonly payment = new WebService(this, 'paymentservice', {
    image: released('paymentservice'),
    ports: { grpc: { port: 50_051, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  });

  readonly shipping = new WebService(this, 'shippingservice', {
    image: released('shippingservice'),
    ports: { grpc: { port: 50_051, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  });

  readonly productCatalog = new WebService(this, 'productcatalogservice', {
    image: released('productcatalogservice'),
    ports: { grpc: { port: 3550, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  });

  readonly redis = new WebService(this, 'redis-cart', {
    image: 'redis:8.2.1-alpine',
    ports: { 'tcp-redis': 6379 },
  });

  readonly cart = new WebService(this, 'cartservice', {
    image: released('cartservice'),
    ports: { grpc: 7070 },
  }).connectTo({ REDIS_ADDR: this.redis });

  readonly recommendation = new WebService(this, 'recommendationservice', {
    image: released('recommendationservice'),
    ports: { grpc: { port: 8080, env: 'PORT' } },
    env: { DISABLE_PROFILER: '1' },
  }).connectTo({ PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog });

  readonly checkout = new WebService(this, 'checkoutservice', {
    image: released('checkoutservice'),
    ports: { grpc: { port: 5050, env: 'PORT' } },
  }).connectTo({
    PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog,
    SHIPPING_SERVICE_ADDR: this.shipping,
    PAYMENT_SERVICE_ADDR: this.payment,
    EMAIL_SERVICE_ADDR: this.email,
    CURRENCY_SERVICE_ADDR: this.currency,
    CART_SERVICE_ADDR: this.cart,
  });

  readonly frontend = new WebService(this, 'frontend', {
    image: released('frontend'),
    ports: { http: { port: 80, containerPort: 8080, env: 'PORT' } },
    env: {
      ENABLE_PROFILER: '0',
      // The frontend does not start without this variable, though the assistant is no part of the shop.
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
    },
  }).connectTo({
    PRODUCT_CATALOG_SERVICE_ADDR: this.productCatalog,
    CURRENCY_SERVICE_ADDR: this.currency,
    CART_SERVICE_ADDR: this.cart,
    RECOMMENDATION_SERVICE_ADDR: this.recommendation,
    SHIPPING_SERVICE_ADDR: this.shipping,
    CHECKOUT_SERVICE_ADDR: this.checkout,
    AD_SERVICE_ADDR: this.ads,
  });
}
