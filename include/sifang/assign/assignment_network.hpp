// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_ASSIGNMENT_NETWORK_HPP
#define SIFANG_ASSIGN_ASSIGNMENT_NETWORK_HPP

#include "sifang/core/assert.hpp"
#include "sifang/assign/assignment.hpp"
#include "sifang/core/id.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>

#include <cstddef>
#include <vector>

/// \file
/// An assignment problem as a flow network of Boost.Graph, for any of its flow algorithms: one unit runs from the
/// source through each task, then through an official or through "nobody", to the sink. The convex cost of an
/// official's load is one arc for each unit of capacity, dearer from one to the next.

namespace sifang {

/// The network, with the properties that the flow algorithms of Boost.Graph ask for.
/// Vertices: tasks in order, then officials in order, then nobody, the source and the sink. Weights are whole
/// numbers in a double, which is exact here: with integers Boost's shortest paths overflow at what they cannot reach.
template <class Task = case_id>
class assignment_network {
  using traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;

 public:
  /// Arcs with capacity, residual capacity, reverse arc and cost, as the algorithms for flows ask.
  using graph_type = boost::adjacency_list<
      boost::vecS, boost::vecS, boost::directedS, boost::no_property,
      boost::property<
          boost::edge_capacity_t, int,
          boost::property<boost::edge_residual_capacity_t, int,
                          boost::property<boost::edge_reverse_t, traits::edge_descriptor, boost::property<boost::edge_weight_t, double>>>>>;
  using vertex = typename traits::vertex_descriptor;  ///< a number

  /// \complexity linear in choices and capacities
  explicit assignment_network(const assignment_problem<Task>& problem)
      : tasks_(problem.tasks()), officials_(problem.officials().size()), graph_(tasks_ + officials_ + 3) {
    for (std::size_t i = 0; i < tasks_; ++i) {
      connect(source(), i, 1, 0);
      for (const auto& [who, cost] : problem.choices(Task(i))) connect(i, tasks_ + who.index(), 1, cost);
      connect(i, nobody(), 1, problem.if_unassigned(Task(i)));
    }
    for (std::size_t o = 0; o < officials_; ++o) {
      for (int n = 1; n <= problem.officials()[o].capacity; ++n) { connect(tasks_ + o, sink(), 1, problem.officials()[o].marginal(n)); }
    }
    connect(nobody(), sink(), static_cast<int>(tasks_), 0);
  }

  /// The network itself. @{
  [[nodiscard]] graph_type& graph() noexcept { return graph_; }
  [[nodiscard]] const graph_type& graph() const noexcept { return graph_; }
  /// @}
  /// The vertices beside tasks and officials. @{
  [[nodiscard]] vertex nobody() const noexcept { return tasks_ + officials_; }
  [[nodiscard]] vertex source() const noexcept { return tasks_ + officials_ + 1; }
  [[nodiscard]] vertex sink() const noexcept { return tasks_ + officials_ + 2; }
  /// @}

  /// Who has each task, read from the residual capacities that an algorithm has left; an invalid id for nobody.
  [[nodiscard]] std::vector<official_id> owners() const {
    std::vector<official_id> out(tasks_);
    for (std::size_t i = 0; i < tasks_; ++i) {
      for (auto [e, last] = boost::out_edges(i, graph_); e != last; ++e) {
        const vertex to = boost::target(*e, graph_);
        if (boost::get(boost::edge_capacity, graph_, *e) == 1 && boost::get(boost::edge_residual_capacity, graph_, *e) == 0 &&
            to < nobody()) {
          out[i] = official_id(to - tasks_);
        }
      }
    }
    return out;
  }

 private:
  void connect(vertex from, vertex to, int capacity, assignment_cost cost) {
    const auto there = boost::add_edge(from, to, graph_).first;
    const auto back = boost::add_edge(to, from, graph_).first;
    boost::put(boost::edge_capacity, graph_, there, capacity);
    boost::put(boost::edge_weight, graph_, there, static_cast<double>(cost));
    boost::put(boost::edge_weight, graph_, back, -static_cast<double>(cost));
    boost::put(boost::edge_reverse, graph_, there, back);
    boost::put(boost::edge_reverse, graph_, back, there);
  }

  std::size_t tasks_, officials_;
  graph_type graph_;
};

/// A cheapest assignment by the successive shortest paths of Boost.Graph: the plain way, without certificate or
/// re-solving. It is here to check `optimal_assignment` against, and for small problems.
/// \pre no cost is negative, as that algorithm asks; asserted
/// \complexity tasks × choices × log(tasks)
template <class Task>
[[nodiscard]] std::vector<official_id> owners_by_boost(const assignment_problem<Task>& problem) {
  for (std::size_t i = 0; i < problem.tasks(); ++i) {
    for ([[maybe_unused]] const assignment_choice& c : problem.choices(Task(i))) SIFANG_ASSERT(c.cost >= 0, "costs that are not negative");
    SIFANG_ASSERT(problem.if_unassigned(Task(i)) >= 0, "costs that are not negative");
  }
  assignment_network<Task> network(problem);
  boost::successive_shortest_path_nonnegative_weights(network.graph(), network.source(), network.sink());
  return network.owners();
}

}  // namespace sifang

#endif
