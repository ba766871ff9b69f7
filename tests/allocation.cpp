// SPDX-License-Identifier: BSL-1.0
#include "allocation.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::uint64_t> calls{0}, bytes_in_all{0};

void* tried(std::size_t bytes) noexcept {
  calls.fetch_add(1, std::memory_order_relaxed);
  bytes_in_all.fetch_add(bytes, std::memory_order_relaxed);
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void* counted(std::size_t bytes) {
  if (void* p = tried(bytes)) return p;
  throw std::bad_alloc();
}
}  // namespace

std::uint64_t allocations() noexcept { return calls.load(std::memory_order_relaxed); }
std::uint64_t allocated_bytes() noexcept { return bytes_in_all.load(std::memory_order_relaxed); }

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
// The library's sorting asks for its buffers this way; a sanitizer wants both halves from one hand.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return tried(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t& tag) noexcept { return operator new(bytes, tag); }
void operator delete(void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete[](void* p, const std::nothrow_t&) noexcept { std::free(p); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
